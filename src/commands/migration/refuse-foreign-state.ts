import { compareText } from '../../core/equal.js';
import { marksOf } from '../../core/model/marks.js';
import { recordsOf } from '../../core/model/network-file.js';
import { shown } from '../../core/shown.js';
import { StateManagerError } from '../../errors.js';
import type { StateRepository } from '../../ports/state-repository.js';
import { baseState } from '../base-state.js';
import { markedNetworks } from './settle-marks.js';
import type { SourceState } from './source-state.js';

/**
 * Refuses to take a migration up where HEAD says more than its sources: it is merged already, or scripts of another clone wrote to both
 * sides meanwhile, and deploy scripts that read the LevelDB first would deploy that again. Throws CONFLICT.
 */
export async function refuseForeignState(
  repository: StateRepository,
  { base, consolidation }: SourceState,
  { id, tip }: { readonly id: string; readonly tip: string },
): Promise<void> {
  const { commit } = await repository.head();
  if (commit === null) return;
  if ((await repository.mergeBase(commit, tip)) === tip) throw refused(id, 'is merged here already');
  const head = await baseState(repository.root, await repository.at({ commit }));
  const missing: string[] = [];
  for (const network of await markedNetworks(head)) {
    const file = await head.network(network);
    const source = consolidation.networks.find((one) => one.network === network);
    const settled = source === undefined ? null : await consolidation.settle(base, source);
    const known = new Set(settled === null ? [] : recordsOf(settled.file).map(({ name }) => name));
    const marked = file === null ? [] : [...marksOf(file).keys()];
    missing.push(...marked.filter((name) => !known.has(name)).map((name) => `${network}/${name}`));
  }
  if (missing.length > 0) {
    const names = missing.sort(compareText).map(shown).join(', ');
    throw refused(id, `was written to since, by scripts of another clone, and this LevelDB lacks ${names}`, missing);
  }
}

function refused(id: string, what: string, records: readonly string[] = []): StateManagerError {
  return new StateManagerError('CONFLICT', `state/migrate-${id} ${what}: it is not taken up again.`, {
    hint:
      records.length === 0
        ? 'stateroot migrate validate compares; the way back: stateroot migrate rollback --merge <commit>'
        : 'go on in the clone that migrates, or with a copy of its LevelDB: stateroot migrate run --leveldb <copy>',
    details: { reference: 'MIGRATION-003', migration: id, records },
  });
}
