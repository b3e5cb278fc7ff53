import { compareText } from '../core/equal.js';
import { grouped } from '../core/grouped.js';
import type { Finding } from '../core/finding.js';
import type { Folded } from '../core/fold/fold-log.js';
import type { Json } from '../core/json.js';
import type { Ambiguity, LegacyReject } from '../core/legacy/legacy-record.js';
import type { RecoveredField } from '../core/legacy/merge-network.js';
import { networkFilePath, quarantinePath } from '../core/layout.js';
import type { CommitPlan } from '../ports/state-repository.js';
import type { BaseState } from './base-state.js';
import { quarantineEdits } from './quarantine-edits.js';
import { type Inspected, planCommit } from './record.js';

/** What an import would do onto a base, worked out network by network while its commits are taken. */
export type ImportPlan = {
  /** Oldest first, once. Throws what settling throws, and STATE_INVALID, BAD_INPUT. */
  readonly commits: AsyncIterable<CommitPlan>;
  /** What became of the source; whole when the commits are at their end. */
  answer(): ImportAnswer;
};

export type ImportAnswer = {
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
  /** Which commit, from 0; null when the network is as the source says already. */
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
  /** What inspection found in `text`, null where nobody looked. */
  readonly findings?: readonly Finding[] | null;
  /** Where more than records may have changed: whether `text` is new. */
  readonly isChanged?: boolean;
  /** Files that this network file stands for now, relative to the repository root. */
  readonly replaces?: readonly string[];
};

/** A network of a source, and all there is to say of it. */
export type SettledShare = {
  readonly network: SettledNetwork;
  /** Of its chain, or of no chain that is known. */
  readonly rejects: readonly LegacyReject[];
  readonly ambiguous?: readonly Ambiguity[];
  readonly recovered?: readonly ImportedRecovery[];
  readonly history?: readonly ImportedRecovery[];
  readonly folded?: readonly FoldedPlace[];
};

/** What a source says, network by network. */
type ImportedSource = {
  /** The kind of import, as quarantine and the commits name it. */
  readonly kind: string;
  readonly id: string;
  /** Ascending by name, each once. */
  readonly networks: readonly NetworkShare[];
  /** What belongs to no network. */
  readonly rejects?: readonly LegacyReject[];
  readonly ambiguous?: readonly Ambiguity[];
  readonly folded?: readonly FoldedPlace[];
  readonly passedOver?: readonly PassedOver[];
  readonly ignored?: readonly PassedOver[];
};

type NetworkShare = {
  readonly chainId: number;
  /** Reads and settles it when its turn comes; pure, and called again where several networks share a chain. */
  settle(): Promise<SettledShare>;
};

/**
 * What an import commits onto a base: one commit per network that changes, ascending; a quarantine file in its
 * network's commit, else in the last. Of networks only names and numbers stay.
 */
export function planImport(base: BaseState, source: ImportedSource): ImportPlan {
  const networks: PlannedNetwork[] = [];
  const rejectsOf = grouped(source.rejects ?? [], ({ chainId }) => chainId);
  const told = {
    rejects: [...(source.rejects ?? [])],
    ambiguous: [...(source.ambiguous ?? [])],
    recovered: [] as ImportedRecovery[],
    history: [] as ImportedRecovery[],
    folded: [...(source.folded ?? [])],
  };
  return { commits: commits(), answer };

  async function* commits(): AsyncGenerator<CommitPlan> {
    const shares = grouped(source.networks, ({ chainId }) => chainId);
    const kept = new Set<number | null>();
    // The last one waits: it takes what is kept of chains without a commit of their own.
    let last: Edit | null = null;
    let count = 0;
    for (const share of source.networks) {
      const settled = await share.settle();
      const { network, chainId } = settled.network;
      const isChanged = settled.network.isChanged ?? settled.network.imported.length > 0;
      tell(settled, isChanged ? count : null);
      if (!isChanged) continue;
      count += 1;
      if (last !== null) yield await commitOf(last);
      last = editOf(networkFilePath(base.root, network), settled.network);
      if (kept.has(chainId)) continue;
      kept.add(chainId);
      const more = await rejectsAfter(share, shares.get(chainId) ?? []);
      await keep(last.files, [...(rejectsOf.get(chainId) ?? []), ...more]);
    }
    const rest = new Map<string, string | null>();
    await keep(
      rest,
      [...rejectsOf].flatMap(([chainId, rejects]) => (kept.has(chainId) ? [] : rejects)),
    );
    const files = new Map([...(last?.files ?? []), ...rest]);
    if (files.size > 0) yield await commitOf({ files, inspected: last?.inspected ?? new Map() });
  }

  function tell({ network: settled, rejects, ...rest }: SettledShare, commit: number | null): void {
    const { network, chainId, imported, unchanged, withoutArguments } = settled;
    networks.push({ network, chainId, imported, unchanged, withoutArguments, commit });
    for (const one of rejects) {
      if (one.chainId !== chainId && one.chainId !== null) throw new Error(`${network} rejects for another chain`);
      const ofChain = rejectsOf.get(one.chainId) ?? [];
      ofChain.push(one);
      rejectsOf.set(one.chainId, ofChain);
      told.rejects.push(one);
    }
    told.ambiguous.push(...(rest.ambiguous ?? []));
    told.recovered.push(...(rest.recovered ?? []));
    told.history.push(...(rest.history ?? []));
    told.folded.push(...(rest.folded ?? []));
  }

  async function keep(files: Map<string, string | null>, rejects: readonly LegacyReject[]): Promise<void> {
    const quarantine = await quarantineEdits(base, () => source.kind, rejects);
    for (const { path, text } of quarantine.values()) files.set(path, text);
  }

  async function commitOf({ files, inspected }: Edit): Promise<CommitPlan> {
    const description = { operation: 'import', source: `${source.kind} ${source.id}` };
    const planned = await planCommit(base, files, description, inspected);
    if (planned === null) throw new Error('an import that changes records came out as the file that was there');
    return planned.plan;
  }

  function answer(): ImportAnswer {
    const { rejects, ambiguous, recovered, history, folded } = told;
    return {
      networks,
      quarantined: rejects
        .map(({ key, reason, value, chainId, file }) => {
          return { key, reason, value, file: file ?? quarantinePath(base.root, chainId) };
        })
        .sort((a, b) => compareText(a.key, b.key) || compareText(a.file, b.file)),
      quarantineFiles: [...new Set(rejects.map(({ chainId }) => quarantinePath(base.root, chainId)))].sort(compareText),
      recovered,
      history,
      ambiguous,
      folded,
      passedOver: source.passedOver ?? [],
      ignored: source.ignored ?? [],
    };
  }
}

type Edit = { readonly files: Map<string, string | null>; readonly inspected: ReadonlyMap<string, Inspected> };

function editOf(path: string, { text, findings = null, replaces = [] }: SettledNetwork): Edit {
  const removed = replaces.map((one): [string, null] => [one, null]);
  return {
    files: new Map([...removed, [path, text]]),
    inspected: new Map(findings === null ? [] : [[path, { text, findings }]]),
  };
}

/** One file keeps what several networks of a chain reject, and the first of their commits has it. */
async function rejectsAfter(share: NetworkShare, ofChain: readonly NetworkShare[]): Promise<LegacyReject[]> {
  const rejects: LegacyReject[] = [];
  for (const other of ofChain.slice(ofChain.indexOf(share) + 1)) {
    const settled = await other.settle();
    rejects.push(...settled.rejects.filter((one) => one.chainId === share.chainId));
  }
  return rejects;
}
