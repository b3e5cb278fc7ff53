import type { Check } from '../../commands/doctor/check.js';
import { orRefused } from '../../commands/health/refused-check.js';
import { snapshotAt } from '../../commands/read-snapshot.js';
import { recordsOf } from '../../core/model/network-file.js';
import { levelStore } from '../../leveldb/level-store.js';
import type { ContractStore } from '../../managers/contract-store.js';
import { queuePlace } from '../../managers/dual-write/queue-place.js';
import { openRepairQueue } from '../../managers/dual-write/repair-queue.js';
import { jsonContracts } from '../../managers/json/json-contracts.js';
import { inspectEntries } from '../../managers/leveldb/inspect-entries.js';
import type { StateRepository } from '../../ports/state-repository.js';
import { counted } from '../text/table.js';

export type BackendPlaces = {
  /** Absolute. */
  readonly stateRoot: string;
  /** Absolute; null where there is none. */
  readonly leveldb: string | null;
};

/** Can each store be read, whole: the LevelDB by every CRC, plain JSON, network files; and does one of two lack writes. */
export async function backendChecks(
  repository: StateRepository,
  { stateRoot, leveldb }: BackendPlaces,
): Promise<readonly Check[]> {
  return [
    ...(leveldb === null
      ? [{ check: 'leveldb', severity: 'ok', message: 'no LevelDB in use, and none at leveldb/' } as const]
      : await orRefused(
          'leveldb',
          () => levelChecks(leveldb),
          ({ code }) => (code === 'LEVELDB_LOCKED' ? 'warning' : 'error'),
        )),
    ...(await orRefused('json', () => plainChecks(jsonContracts({ cwd: stateRoot })))),
    ...(await unifiedChecks(repository)),
    ...(await orRefused('dual-write', () => queueChecks(stateRoot))),
  ];
}

async function levelChecks(folder: string): Promise<Check[]> {
  const { entries, warnings } = await levelStore.examine(folder);
  const problems = inspectEntries(entries).filter(({ severity }) => severity === 'error');
  const whole: Check = {
    check: 'leveldb',
    severity: 'ok',
    message: `LevelDB: ${counted(entries.length, 'entry', 'entries')}, every CRC holds`,
  };
  const [first] = problems;
  const [torn] = warnings;
  return [
    whole,
    ...(torn === undefined ? [] : [leftOver(torn.file, torn.message)]),
    ...(first === undefined
      ? []
      : [
          {
            check: 'leveldb',
            severity: 'warning',
            message: `LevelDB: ${counted(problems.length, 'entry', 'entries')} that an import keeps in quarantine, ${first.key}: ${first.message}`,
            fix: `stateroot import leveldb ${folder} --dry-run`,
          } as const,
        ]),
  ];
}

/** LevelDB drops it too when it is opened the next time. */
function leftOver(file: string, message: string): Check {
  return {
    check: 'leveldb',
    severity: 'warning',
    message: `LevelDB: ${file}: ${message}; nothing whole is lost by it`,
  };
}

async function plainChecks(store: ContractStore): Promise<Check[]> {
  const problems = await store.inspect();
  const errors = problems.filter(({ severity }) => severity === 'error');
  const [worst] = problems;
  if (worst === undefined) {
    const { length } = await store.list();
    const message = length === 0 ? 'no plain JSON files' : `plain JSON: ${counted(length, 'contract')}`;
    return [{ check: 'json', severity: 'ok', message }];
  }
  return [
    {
      check: 'json',
      severity: errors.length > 0 ? 'error' : 'warning',
      message: `plain JSON: ${counted(problems.length, 'problem')}, first of all ${worst.key}: ${worst.message}`,
      fix: 'stateroot import json deployments/ --dry-run names all of them',
    },
  ];
}

async function unifiedChecks(repository: StateRepository): Promise<Check[]> {
  const { networks, refused } = await snapshotAt(repository, 'worktree');
  const records = [...networks.values()].reduce((sum, file) => sum + recordsOf(file).length, 0);
  const message = `state in Git: ${counted(networks.size, 'network')}, ${counted(records, 'record')}`;
  const unreadable = refused.map(({ path, refusal }): Check => {
    const place = `${path}:${refusal.line}:${refusal.column}`;
    return {
      check: 'unified',
      severity: 'error',
      message: `${place} cannot be read: ${refusal.message}`,
      fix: `git restore -SW ${path}`,
    };
  });
  return [{ check: 'unified', severity: 'ok', message }, ...unreadable];
}

/** LevelDB beside network files or beside plain ones: the pairs that a migration makes. */
async function queueChecks(stateRoot: string): Promise<Check[]> {
  const checks: Check[] = [];
  for (const other of ['json', 'unified']) {
    const entries = await openRepairQueue(() => queuePlace(stateRoot, ['leveldb', other])).read();
    if (entries.length === 0) continue;
    checks.push({
      check: 'dual-write',
      severity: 'warning',
      message: `dual-write of leveldb and ${other}: ${counted(entries.length, 'write')} that one of them lacks`,
      fix: 'the next write of a deploy script brings them over; repair() of its manager does it now',
    });
  }
  return checks.length > 0
    ? checks
    : [{ check: 'dual-write', severity: 'ok', message: 'no write waits for a backend' }];
}
