import { compareText } from '../core/equal.js';
import type { Folded } from '../core/fold/fold-log.js';
import { isObject, type Json, member } from '../core/json.js';
import { isUtf8 } from '../core/legacy/key-text.js';
import type { Ambiguity, LegacyReject } from '../core/legacy/legacy-record.js';
import type { RecoveredField } from '../core/legacy/merge-network.js';
import { networkFilePath, quarantinePath } from '../core/layout.js';
import { type QuarantineItem, quarantineText, readQuarantine, withItems } from '../core/quarantine.js';
import { StateManagerError } from '../errors.js';
import type { CommitPlan } from '../ports/state-repository.js';
import type { BaseState } from './base-state.js';
import { type Edits, planCommit } from './record.js';

export type ImportPlan = {
  /** Oldest first. */
  readonly commits: readonly CommitPlan[];
  /** Ascending by name. */
  readonly networks: readonly PlannedNetwork[];
  /** By key. */
  readonly quarantined: readonly { key: string; reason: string; value: Json; file: string }[];
  /** The files they are kept in, relative to the repository root, ascending. */
  readonly quarantineFiles: readonly string[];
  readonly recovered: readonly ImportedRecovery[];
  /** What older versions of the source's entries say of the past: `firstDeployedAt`, `upgrades`. */
  readonly history: readonly ImportedRecovery[];
  readonly ambiguous: readonly Ambiguity[];
  readonly folded: readonly FoldedPlace[];
  readonly passedOver: readonly PassedOver[];
  /** Passed over by what they are, which is no fault of the source. */
  readonly ignored: readonly PassedOver[];
};

/** Something folding changed, and the source file it stands in, as the user named it. */
export type FoldedPlace = Folded & { readonly file: string };

/** A file of a source that was not imported, and why. */
export type PassedOver = { readonly file: string; readonly reason: string };

/** A field that only an older version in the source still had. `file` is in the source. */
export type ImportedRecovery = RecoveredField & { readonly network: string };

type PlannedNetwork = {
  readonly network: string;
  readonly chainId: number;
  readonly imported: readonly string[];
  readonly unchanged: number;
  readonly withoutArguments: number;
  /** Index into `commits`; null when the network is as the source says already. */
  readonly commit: number | null;
};

/** One network as a source leaves it, made by `settleNetwork` or likewise. */
export type SettledNetwork = {
  readonly network: string;
  readonly chainId: number;
  /** Names of the records that are new or changed. */
  readonly imported: readonly string[];
  readonly unchanged: number;
  readonly withoutArguments: number;
  /** Of the whole network file, in canonical form. */
  readonly text: string;
  /** Where more than records may have changed: whether `text` is new. */
  readonly isChanged?: boolean;
  /** Files that this network file stands for now, relative to the repository root. */
  readonly replaces?: readonly string[];
};

/** What a source says, read and brought together with the base. */
type SettledSource = {
  /** The kind of import, as quarantine and the commits name it. */
  readonly kind: string;
  readonly id: string;
  /** Ascending by name, each once. */
  readonly networks: readonly SettledNetwork[];
  readonly rejects: readonly LegacyReject[];
  readonly ambiguous: readonly Ambiguity[];
  readonly recovered?: readonly ImportedRecovery[];
  readonly history?: readonly ImportedRecovery[];
  readonly folded?: readonly FoldedPlace[];
  readonly passedOver?: readonly PassedOver[];
  readonly ignored?: readonly PassedOver[];
};

/**
 * What an import commits onto a base: one commit per network that changes, ascending; a quarantine file in its
 * network's commit, else in the last. Throws STATE_INVALID.
 */
export async function planImport(base: BaseState, source: SettledSource): Promise<ImportPlan> {
  const { kind, rejects } = source;
  const quarantine = await quarantineEdits(base, () => kind, rejects);
  const edits: { chainId: number | null; files: Map<string, string | null> }[] = [];
  const networks = source.networks.map((settled): PlannedNetwork => {
    const { network, chainId, imported, unchanged, withoutArguments, text } = settled;
    const isChanged = settled.isChanged ?? imported.length > 0;
    if (isChanged) {
      const removed = (settled.replaces ?? []).map((path): [string, null] => [path, null]);
      edits.push({ chainId, files: new Map([...removed, [networkFilePath(base.root, network), text]]) });
    }
    const commit = isChanged ? edits.length - 1 : null;
    return { network, chainId, imported, unchanged, withoutArguments, commit };
  });
  for (const [chainId, { path, text }] of quarantine) {
    const own = edits.find((edit) => edit.chainId === chainId) ?? edits.at(-1);
    if (own === undefined) edits.push({ chainId, files: new Map([[path, text]]) });
    else own.files.set(path, text);
  }
  return {
    commits: await commitsOf(
      base,
      edits.map((edit) => edit.files),
      `${kind} ${source.id}`,
    ),
    networks,
    quarantined: rejects
      .map(({ key, reason, value, chainId, file }) => {
        return { key, reason, value, file: file ?? quarantinePath(base.root, chainId) };
      })
      .sort((a, b) => compareText(a.key, b.key) || compareText(a.file, b.file)),
    quarantineFiles: [...new Set(rejects.map(({ chainId }) => quarantinePath(base.root, chainId)))].sort(compareText),
    recovered: source.recovered ?? [],
    history: source.history ?? [],
    ambiguous: source.ambiguous,
    folded: source.folded ?? [],
    passedOver: source.passedOver ?? [],
    ignored: source.ignored ?? [],
  };
}

/**
 * The quarantine files that change, by chain id, the one without chain id last; `kindOf` names the kind of import. Throws
 * STATE_INVALID, BAD_INPUT.
 */
export async function quarantineEdits(
  base: BaseState,
  kindOf: (one: LegacyReject) => string,
  rejects: readonly LegacyReject[],
): Promise<Map<number | null, { path: string; text: string }>> {
  const edits = new Map<number | null, { path: string; text: string }>();
  const chains = [...new Set(rejects.map((one) => one.chainId))].sort((a, b) => (a ?? Infinity) - (b ?? Infinity));
  for (const chainId of chains) {
    const path = quarantinePath(base.root, chainId);
    const [file] = await base.tree.read([path]);
    const current = readQuarantine(file?.bytes ?? null);
    if (!current.ok || !isObject(member(current.root, 'records'))) throw invalidQuarantine(path);
    const items = rejects.filter((one) => one.chainId === chainId).map((one) => itemOf(kindOf(one), one));
    const text = quarantineText(withItems(current.root, items));
    if (!readQuarantine(Buffer.from(text)).ok) throw fullQuarantine(path);
    if (file === undefined || Buffer.from(file.bytes).toString('utf8') !== text) edits.set(chainId, { path, text });
  }
  return edits;
}

function itemOf(source: string, { key, reason, raw }: LegacyReject): QuarantineItem {
  const bytes = Buffer.from(raw);
  const stored = isUtf8(raw) ? { raw: bytes.toString('utf8') } : { rawBase64: bytes.toString('base64') };
  return { key, reason, source, ...stored };
}

function invalidQuarantine(path: string): StateManagerError {
  return new StateManagerError('STATE_INVALID', `${path} is not a quarantine file, so nothing can be added to it`, {
    hint: `stateroot validate ${path}`,
    details: { path },
  });
}

/** Items are text: nothing but its size can make a file of them unreadable. */
function fullQuarantine(path: string): StateManagerError {
  return new StateManagerError('BAD_INPUT', `${path} cannot keep all that is no state: it would pass 64 MiB`, {
    hint: 'is this the source that is meant? Import it in parts',
    details: { path },
  });
}

async function commitsOf(base: BaseState, edits: readonly Edits[], source: string): Promise<CommitPlan[]> {
  const commits: CommitPlan[] = [];
  for (const files of edits) {
    const planned = await planCommit(base, files, { operation: 'import', source });
    if (planned === null) throw new Error('an import that changes records came out as the file that was there');
    commits.push(planned.plan);
  }
  return commits;
}
