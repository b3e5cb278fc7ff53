import { newNetworkFile } from '../../core/config/new-network.js';
import { equalJson } from '../../core/equal.js';
import { networkFilePath } from '../../core/layout.js';
import {
  type NetworkFile,
  networkFileText,
  recordNamed,
  withoutRecord,
  withRecord,
} from '../../core/model/network-file.js';
import { type Discrepancy, discrepancyPlace, isCode } from '../../core/reconcile/discrepancy.js';
import { takeContract, takeFields } from '../../core/reconcile/take-source.js';
import { shown } from '../../core/shown.js';
import { StateManagerError } from '../../errors.js';
import type { StateRepository, WriteTarget } from '../../ports/state-repository.js';
import type { BaseState } from '../base-state.js';
import { type Edits, type RecordResult, record } from '../record.js';
import { type FoundDiscrepancies, findDiscrepancies, type ReconcileSources } from './find-discrepancies.js';

export type ReconcileOptions = { readonly target: WriteTarget; readonly dryRun: boolean };

export type Reconciled = {
  readonly written: RecordResult;
  /** What still differs, compared again; null where nothing was written. */
  readonly left: FoundDiscrepancies | null;
};

/**
 * Brings into Git what the LevelDB is right about, as one commit that the gate judges, and compares again. The LevelDB is not
 * written: what Git is right about differs until a LevelDB is made of it (`export leveldb`). Throws RACED where Git moved since
 * it was compared, STATE_INVALID, RECORD_INVALID, MIGRATION_FAILED where something that was taken still differs, and what writing throws.
 */
export async function reconcile(
  repository: StateRepository,
  sources: ReconcileSources,
  /** Those that the LevelDB is right about. */
  taken: readonly Discrepancy[],
  options: ReconcileOptions,
): Promise<Reconciled> {
  const written = await record(repository, {
    ...options,
    operation: 'reconcile',
    source: 'leveldb',
    label: `reconcile ${taken.length} ${taken.length === 1 ? 'discrepancy' : 'discrepancies'}`,
    edit: (base) => editsOf(base, taken),
  });
  if (written.commit === null) return { written, left: null };
  const left = await findDiscrepancies(repository, sources, { commit: written.commit });
  refuseUntaken(taken, left, written.commit);
  return { written, left };
}

async function editsOf(base: BaseState, taken: readonly Discrepancy[]): Promise<Edits> {
  const edits = new Map<string, string>();
  for (const network of new Set(taken.map((one) => one.network))) {
    const own = taken.filter((one) => one.network === network);
    const chainId = own[0]?.chainId ?? 0;
    const before = (await base.network(network)) ?? newNetworkFile({ network, chainId }, base.config);
    for (const discrepancy of own) refuseMoved(before, discrepancy);
    const after = own.reduce((file, discrepancy) => withTaken(file, discrepancy, base), before);
    edits.set(networkFilePath(base.root, network), networkFileText(after));
  }
  return edits;
}

function withTaken(
  file: NetworkFile,
  { contractName, source, record: held, fields }: Discrepancy,
  base: BaseState,
): NetworkFile {
  if (source === null) return withoutRecord(file, contractName);
  // Another discrepancy of this record may have been taken already.
  const current = held === null ? null : recordNamed(file, held.name);
  if (current === null) return withRecord(file, takeContract(file, source, base.config));
  return withRecord(file, takeFields(file, current, source, fields));
}

function refuseMoved(file: NetworkFile, discrepancy: Discrepancy): void {
  const now = recordNamed(file, discrepancy.record?.name ?? discrepancy.contractName)?.fields;
  if (equalJson(now, discrepancy.record?.fields)) return;
  throw new StateManagerError(
    'RACED',
    `${discrepancyPlace(discrepancy)} changed since it was compared. Nothing was written.`,
    {
      hint: 'commit what is not committed, and run stateroot migrate reconcile again',
      details: { network: discrepancy.network, contract: discrepancy.contractName },
    },
  );
}

/** A commit that does not do what it was made for must not pass for done. */
function refuseUntaken(taken: readonly Discrepancy[], left: FoundDiscrepancies, commit: string): void {
  const still = left.discrepancies
    .map(({ discrepancy }) => discrepancy)
    .filter((one) => taken.some((other) => isSameUnit(one, other)))
    .map(discrepancyPlace);
  if (still.length === 0) return;
  throw new StateManagerError(
    'MIGRATION_FAILED',
    `${commit.slice(0, 7)} was made, and these still differ: ${still.map(shown).join(', ')}`,
    { hint: `stateroot rollback ${commit.slice(0, 7)}`, details: { commit, still } },
  );
}

function isSameUnit(left: Discrepancy, taken: Discrepancy): boolean {
  if (left.network !== taken.network) return false;
  const isSame =
    left.contractName === taken.contractName || (left.source !== null && left.source.key === taken.source?.key);
  if (!isSame || left.kind !== 'differs' || taken.kind !== 'differs') return isSame;
  return isCode(left) ? isCode(taken) : left.fields[0] === taken.fields[0];
}
