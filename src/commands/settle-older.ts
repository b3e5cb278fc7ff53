import { newNetworkFile } from '../core/config/new-network.js';
import { foldedRecords, mergeSections } from '../core/fold/merge-folded.js';
import type { FoldedPlace } from './plan-import.js';
import { foldOlder } from '../core/legacy/json/fold-older.js';
import { nextOlder } from '../core/legacy/json/next-older.js';
import type { Ambiguity, LegacyReject } from '../core/legacy/legacy-record.js';
import { settleNetwork } from '../core/legacy/settle-network.js';
import { networkFilePath } from '../core/layout.js';
import { categoryOf } from '../core/model/category.js';
import { networkFileText, recordNamed } from '../core/model/network-file.js';
import { StateManagerError } from '../errors.js';
import type { BaseState } from './base-state.js';
import type { OlderGroup } from './place-older.js';
import type { SettledNetwork } from './plan-import.js';

/** A network as its older files leave it, and all they have to say. */
export type SettledOlder = {
  readonly network: SettledNetwork;
  readonly rejects: readonly LegacyReject[];
  readonly ambiguous: readonly Ambiguity[];
  readonly folded: readonly FoldedPlace[];
};

/** Throws CHAIN_ID_MISMATCH, STATE_INVALID, BAD_INPUT. */
export async function settleOlder(base: BaseState, { network, chainId, older }: OlderGroup): Promise<SettledOlder> {
  const here = await base.network(network);
  if (here !== null && here.chainId !== chainId) throw otherChain(network, here.chainId, chainId);
  const environment = network.split('.')[1];
  const existing = here ?? newNetworkFile({ network, chainId, environment }, base.config);
  const folded = foldOlder(older, {
    network,
    chainId,
    categoryOf: (name, said) => recordNamed(existing, name)?.category ?? said ?? categoryOf(name, base.config),
  });
  if (!folded.ok) throw unusable(older[0]?.file ?? '', folded.refusal);
  const { result, source, sourced } = folded;
  const path = networkFilePath(base.root, network);
  const sections = mergeSections(existing, result.file);
  const next = nextOlder(result.file, sourced);
  const settled = settleNetwork(path, sections, foldedRecords(result, source), base.config, next);
  const knowsArguments = older.some(({ format }) => format === 'export' || format === 'v2');
  return {
    network: {
      ...settled,
      network,
      chainId,
      imported: [...settled.imported.keys()],
      // What has no arguments in any file of its form is no news.
      withoutArguments: knowsArguments ? settled.withoutArguments : 0,
      isChanged: here === null || settled.text !== networkFileText(here),
    },
    rejects: [
      ...folded.quarantined.map(({ key, reason, value, raw, file }) => {
        return { key, reason, value, raw: Buffer.from(raw), chainId, file };
      }),
      ...settled.rejects.map((one) => {
        const { file, path: key } = folded.place(one.key);
        return { ...one, key, file, chainId };
      }),
    ],
    ambiguous: [...folded.ambiguous, ...settled.ambiguous.map((one) => ({ ...one, ...folded.place(one.path) }))].map(
      ({ rule, file, path: at, kept, other }) => ({ rule, file, path: at, kept, other }),
    ),
    folded: folded.folded.map(({ rule, file, ...rest }) => ({ rule, file, ...rest })),
  };
}

function otherChain(network: string, expected: number, given: number): StateManagerError {
  return new StateManagerError('CHAIN_ID_MISMATCH', `${network} is chain ${expected} here, not ${given}`, {
    hint: `leave --network out, or name the network of chain ${given}`,
    details: { network, expected, given },
  });
}

/** What the older files of a network come to is no network file. */
export function unusable(
  file: string,
  { rule, message }: { readonly rule: string; readonly message: string },
): StateManagerError {
  return new StateManagerError('BAD_INPUT', `${file} does not come to a network file: ${rule}: ${message}`, {
    hint: `correct the file, then the same command again; more: stateroot validate --explain ${rule}`,
    details: { file, rule },
  });
}
