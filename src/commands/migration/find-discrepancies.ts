import { contractKey } from '../../core/compare/contract-key.js';
import type { MissingEntry, NetworkComparison } from '../../core/compare/compare-network.js';
import { chainBook } from '../../core/consistency/state/chain-book.js';
import { type Manifest, readManifest } from '../../core/consistency/state/manifest.js';
import type { Finding } from '../../core/finding.js';
import { networkFilePath } from '../../core/layout.js';
import { keyText } from '../../core/legacy/key-text.js';
import { sourceContractName } from '../../core/model/lookup.js';
import { type Discrepancy, discrepanciesOf } from '../../core/reconcile/discrepancy.js';
import { type Evidence, evidenceOf, type LastChange } from '../../core/reconcile/evidence.js';
import type { StoreContent } from '../../ports/legacy-store.js';
import type { SourceFile } from '../../ports/source-files.js';
import type { Place, StateRepository } from '../../ports/state-repository.js';
import { baseState } from '../base-state.js';
import { logEntry } from '../log.js';
import { networkHistory } from '../network-history.js';
import { compareMigration } from './compare-migration.js';

export type ReconcileSources = {
  readonly leveldb: StoreContent;
  /** Manifests of OpenZeppelin's upgrades plugin beside those of the repository; evidence only. */
  readonly openzeppelin: readonly SourceFile[];
};

export type FoundDiscrepancies = {
  readonly discrepancies: readonly KnownDiscrepancy[];
  /** Entries of the LevelDB that name no contract and that no quarantine keeps. */
  readonly unreadable: readonly MissingEntry[];
  readonly findings: readonly Finding[];
};

export type KnownDiscrepancy = {
  readonly discrepancy: Discrepancy;
  readonly evidence: readonly Evidence[];
  readonly lastChange: LastChange | null;
};

/** Where the LevelDB and the state at a place do not agree, and what is known about each (R133, R174–R177). Throws CONFIG_INVALID. */
export async function findDiscrepancies(
  repository: StateRepository,
  sources: ReconcileSources,
  place: Place,
): Promise<FoundDiscrepancies> {
  const base = await baseState(repository.root, await repository.at(place));
  const { leveldb } = sources;
  const compared = await compareMigration(base, { leveldb, also: [], json: [], unified: [], openzeppelin: [] });
  const discrepancies = discrepanciesOf(compared.networks);
  const chains = chainBook(new Map(), base.config, null);
  const files = discrepancies.length === 0 ? [] : [...(await base.tree.manifests()), ...sources.openzeppelin];
  const manifests = files.map(({ path, bytes }) => readManifest(path, bytes, chains));
  const changes = await lastChanges(repository, discrepancies, place);
  const deleted = deletedKeys(leveldb);
  return {
    discrepancies: discrepancies.map((discrepancy) => {
      const lastChange = changes.get(placeKey(discrepancy)) ?? null;
      const known = {
        storeWarnings: leveldb.warnings.length,
        deleted: keysOf(discrepancy).some((key) => deleted.has(key)),
        lastChange,
        manifests: manifests.filter((one: Manifest) => one.problem === null && one.chainId === discrepancy.chainId),
      };
      return { discrepancy, evidence: evidenceOf(discrepancy, known), lastChange };
    }),
    unreadable: compared.networks.flatMap(({ missing }: NetworkComparison) =>
      missing.filter(({ source }) => source === null),
    ),
    findings: compared.findings,
  };
}

/** The newest commit that touched each record, in one walk per network. */
async function lastChanges(
  repository: StateRepository,
  discrepancies: readonly Discrepancy[],
  place: Place,
): Promise<ReadonlyMap<string, LastChange>> {
  const from = typeof place === 'object' ? place.commit : (await repository.head()).commit;
  const found = new Map<string, LastChange>();
  if (from === null) return found;
  for (const network of new Set(discrepancies.map((one) => one.network))) {
    const open = new Set(discrepancies.filter((one) => one.network === network).map(placeKey));
    const paths = [networkFilePath(repository.root, network)];
    for await (const step of networkHistory(repository, { from, paths })) {
      const { commit, author, time, changes } = logEntry(step, null);
      for (const { name, status } of changes) {
        const key = placeKey({ network, contractName: name });
        if (open.delete(key)) found.set(key, { commit, author, time, removed: status === 'removed' });
      }
      if (open.size === 0) break;
    }
  }
  return found;
}

/** Keys of which only older versions are left. */
function deletedKeys({ entries, superseded }: StoreContent): ReadonlySet<string> {
  const here = new Set(entries.map(({ key }) => keyText(key)));
  return new Set(superseded.map(({ key }) => keyText(key)).filter((key) => !here.has(key)));
}

function keysOf({ chainId, contractName, record }: Discrepancy): string[] {
  const names = [contractName, ...(record === null ? [] : [sourceContractName(record.fields) ?? contractName])];
  return names.map((name) => contractKey({ chainId, contractName: name }));
}

function placeKey({ network, contractName }: Pick<Discrepancy, 'network' | 'contractName'>): string {
  return JSON.stringify([network, contractName]);
}
