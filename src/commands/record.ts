import { diffSnapshots, type ContractChange, type NetworkChange } from '../core/diff/diff.js';
import { commitMessage } from '../core/diff/message.js';
import { type Finding, hasErrors } from '../core/finding.js';
import { inspectFile } from '../core/inspect/inspect.js';
import { readSnapshot } from '../core/snapshot.js';
import { networkOfPath } from '../core/layout.js';
import { StateManagerError } from '../errors.js';
import type { CommitPlan, StateFile, StateRepository, Unfinished, WriteTarget } from '../ports/state-repository.js';
import { type BaseState, baseState } from './base-state.js';

/** Path → whole text; null removes the file. */
export type Edits = ReadonlyMap<string, string | null>;

export type Description = {
  readonly operation: string;
  readonly reverts?: readonly string[];
  readonly source?: string;
  /** Further trailers of the message, key and value. */
  readonly trailers?: readonly (readonly [string, string])[];
};

export type RecordRequest = Description & {
  readonly target: WriteTarget;
  readonly dryRun: boolean;
  /** For the lock and the journal, e.g. `put bsctestnet`. */
  readonly label: string;
  /** What the files become; pure over the base, because it runs again when the branch moved meanwhile. */
  edit(base: BaseState): Promise<Edits>;
};

/** A contract entry of `diff` with its network (CONTRACT §5, put). */
type RecordedChange = ContractChange & { readonly network: string; readonly chainId: number };

export type RecordResult = {
  readonly commit: string | null;
  readonly changed: boolean;
  readonly changes: readonly RecordedChange[];
  readonly networks: readonly NetworkChange[];
  /** Full ref name. */
  readonly ref: string;
  readonly recovered: readonly Unfinished[];
  readonly message: string | null;
};

/** The one way state is written: read the base, compute the next, inspect, exactly one commit or none. */
export async function record(repository: StateRepository, request: RecordRequest): Promise<RecordResult> {
  let planned: PlannedCommit | null = null;
  const written = await repository.write({
    operation: request.label,
    target: request.target,
    dryRun: request.dryRun,
    async plan(tree) {
      const base = await baseState(repository.root, tree);
      planned = await planCommit(base, await request.edit(base), request);
      return planned === null ? [] : [planned.plan];
    },
  });
  return {
    commit: written.commits.at(-1) ?? null,
    ref: written.ref,
    recovered: written.recovered,
    ...summary(planned),
  };
}

export type PlannedCommit = { readonly plan: CommitPlan; readonly networks: readonly NetworkChange[] };

/** What `inspectFile` said of exactly this text at its path, where somebody has asked already. */
export type Inspected = { readonly text: string; readonly findings: readonly Finding[] };

/** One commit for what really changes, or null. Throws STATE_INVALID when the result has errors: nothing invalid is recorded. */
export async function planCommit(
  base: BaseState,
  edits: Edits,
  description: Description,
  inspected: ReadonlyMap<string, Inspected> = new Map(),
): Promise<PlannedCommit | null> {
  const before = await base.tree.read([...edits.keys()]);
  const files = new Map([...edits].filter(([path, text]) => text !== textOf(before, path)));
  if (files.size === 0) return null;
  const after: StateFile[] = [];
  for (const [path, text] of files) {
    if (text === null) continue;
    const file = fileOf(path, text);
    const known = inspected.get(path);
    refuseInvalid(file, known?.text === text ? known.findings : findingsOf(file));
    after.push(file);
  }
  const touched = before.filter((file) => files.has(file.path));
  const networks = diffSnapshots(readSnapshot(touched, base.root), readSnapshot(after, base.root));
  const message = commitMessage({ ...description, changes: networks, prefix: base.config.message.prefix });
  return { plan: { files, message }, networks };
}

function findingsOf(file: StateFile): readonly Finding[] {
  return networkOfPath(file.path) === null ? [] : inspectFile(file);
}

function refuseInvalid(file: StateFile, findings: readonly Finding[]): void {
  const newer = findings.find((finding) => finding.rule === 'schema-newer');
  if (!hasErrors(findings) && newer === undefined) return;
  const first = findings.find((finding) => finding.severity === 'error') ?? newer;
  throw new StateManagerError(
    'STATE_INVALID',
    `The result would not be valid: ${file.path} ${first?.path ?? ''}: ${first?.message ?? ''}`,
    {
      hint: `stateroot validate --explain ${first?.rule ?? ''}`,
      details: { findings },
    },
  );
}

function summary(planned: PlannedCommit | null): Pick<RecordResult, 'changed' | 'changes' | 'networks' | 'message'> {
  const networks = planned?.networks ?? [];
  const changes = networks.flatMap(({ network, chainId, contracts }) =>
    contracts.map((change) => ({ network, chainId, ...change })),
  );
  return { changed: planned !== null, changes, networks, message: planned?.plan.message ?? null };
}

function textOf(files: readonly StateFile[], path: string): string | null {
  const file = files.find((candidate) => candidate.path === path);
  return file === undefined ? null : Buffer.from(file.bytes).toString('utf8');
}

function fileOf(path: string, text: string): StateFile {
  return { path, mode: '100644', bytes: Buffer.from(text) };
}
