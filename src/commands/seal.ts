import type { ContractChange } from '../core/diff/change.js';
import { diffRecord } from '../core/diff/diff-record.js';
import { type Finding, hasErrors } from '../core/finding.js';
import { inspectFile } from '../core/inspect/inspect.js';
import { type Json, member } from '../core/json.js';
import { networkOfPath } from '../core/layout.js';
import { type NetworkFile, parseNetworkFile, recordNamed } from '../core/model/network-file.js';
import { type SealedRecord, type SealedSection, sealFile } from '../core/model/seal.js';
import { canonicalize } from '../core/text/canonical.js';
import type { StateFile, StateRepository } from '../ports/state-repository.js';
import { committedNetwork } from './committed-network.js';
import { selectedFiles } from './selected-files.js';

/** A record whose checksum is to be renewed, and what changed in it since HEAD: null when nothing did, or it is new. */
export type Sealing = SealedRecord & {
  readonly chainId: number;
  readonly change: ContractChange | null;
  /** The record's implementationHash as it will be sealed. */
  readonly codeHash: Json | null;
};

export type SealPlan = {
  readonly records: readonly Sealing[];
  readonly sections: readonly ({ readonly file: string } & SealedSection)[];
  /** What sealing writes, by path relative to the repository root; empty when there is nothing to seal. */
  readonly files: ReadonlyMap<string, string>;
  /** Of files that cannot be read, or would not be valid when sealed. Then nothing may be written. */
  readonly findings: readonly Finding[];
};

/**
 * What `seal` would do to the work tree's network files (FORMAT §9); `replaceInWorktree(plan.files)` does it. A file whose
 * checksums all hold is left alone. Throws BAD_USAGE.
 */
export async function planSeal(repository: StateRepository, paths: readonly string[]): Promise<SealPlan> {
  const selected = await selectedFiles(repository, 'worktree', paths);
  const files = selected.flatMap((part) => part.files).filter(({ path }) => networkOfPath(path) !== null);
  const { commit } = await repository.head();
  const parts: SealPlan[] = [];
  for (const file of files) {
    parts.push(planFile(file, commit === null ? null : await committedNetwork(repository, commit, file.path)));
  }
  return {
    records: parts.flatMap((part) => part.records),
    sections: parts.flatMap((part) => part.sections),
    files: new Map(parts.flatMap((part) => [...part.files])),
    findings: parts.flatMap((part) => part.findings),
  };
}

const nothing: SealPlan = { records: [], sections: [], files: new Map(), findings: [] };

function planFile(file: StateFile, base: NetworkFile | null): SealPlan {
  const parsed = parseNetworkFile(file.bytes);
  if (!parsed.ok || !file.mode.startsWith('100')) return { ...nothing, findings: inspectFile(file) };
  const { root, sealed, sections } = sealFile(parsed.file.root);
  if (sealed.length === 0 && sections.length === 0) return nothing;
  const text = canonicalize(root);
  const findings = inspectFile({ ...file, bytes: Buffer.from(text) });
  return {
    records: sealed.map((record) => sealing(record, { ...parsed.file, root }, base)),
    sections: sections.map((section) => ({ file: file.path, ...section })),
    files: new Map([[file.path, text]]),
    findings: hasErrors(findings) ? findings : [],
  };
}

function sealing(sealed: SealedRecord, head: NetworkFile, base: NetworkFile | null): Sealing {
  const before = base === null ? null : recordNamed(base, sealed.name);
  const after = recordNamed(head, sealed.name);
  const change = before === null ? null : diffRecord(before, after ?? undefined);
  const codeHash = member(after?.fields ?? {}, 'implementationHash') ?? null;
  return { ...sealed, chainId: head.chainId, change, codeHash };
}
