import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { BatchTarget } from '../../../src/commands/migration/plan-batches.js';
import { writeTargets } from '../../../src/commands/migration/write-targets.js';
import { migrationRef } from '../../../src/core/migration/checkpoint.js';
import { emptyNetworkFile, withRecord } from '../../../src/core/model/network-file.js';
import { sealRecord } from '../../../src/core/model/checksum.js';
import { address } from '../../support/deployments.js';
import { type MemoryRepository, memoryRepository } from '../../support/memory-repository.js';
import { migrationOutside } from '../../support/migration-outside.js';

const id = 'abc';

describe('the networks of a migration', () => {
  it('are taken a few ahead of the one that is written, however many there are', async () => {
    const { seen, write } = await watchedWrites();
    const written = await write({ networks: 30, records: 1, size: 10, ahead: 3 });
    assert.deepEqual([written.isWhole, written.records], [true, 30]);
    assert.deepEqual(
      seen.map(({ waiting }) => waiting).filter((waiting) => waiting > 3),
      [],
    );
    assert.ok(seen.length >= 10, `${seen.length} writes`);
  });

  it('come as at most eight commits behind one another, whatever a network needs', async () => {
    for (const given of [
      { networks: 1, records: 60, size: 2, ahead: 10 },
      { networks: 25, records: 1, size: 2, ahead: 20 },
    ]) {
      const { seen, write } = await watchedWrites();
      const written = await write(given);
      assert.deepEqual([written.isWhole, written.records], [true, given.networks * given.records]);
      assert.deepEqual(
        seen.map(({ commits }) => commits).filter((commits) => commits > 8),
        [],
      );
      assert.equal(
        seen.reduce((sum, { commits }) => sum + commits, 0),
        written.commits,
      );
    }
  });
});

/** Writes made-up networks; `seen` has, of each write, the targets that were taken and not reached, and its commits. */
async function watchedWrites() {
  const repository: MemoryRepository = memoryRepository({ 'README.md': 'mine' });
  const base = (await repository.head()).commit ?? '';
  await repository.write({
    operation: 'begin',
    target: { kind: 'branch', ref: migrationRef(id), create: true },
    plan: () => Promise.resolve([{ files: new Map(), message: 'Begin' }]),
  });
  const seen: { waiting: number; commits: number }[] = [];
  let [taken, reached] = [0, 0];
  const ports = {
    ...migrationOutside(repository),
    limited: async <Answer>(_what: string, work: Promise<Answer>) => {
      const waiting = taken - reached;
      const answer = await work;
      const { count } = answer as { count: number };
      seen.push({ waiting, commits: count });
      return answer;
    },
  };
  async function* targets(networks: number, records: number): AsyncGenerator<BatchTarget> {
    for (let n = 0; n < networks; n += 1) {
      taken += 1;
      yield await Promise.resolve(targetOf(n, records));
    }
  }
  return {
    seen,
    write: ({ networks, records, size, ahead }: Record<'networks' | 'records' | 'size' | 'ahead', number>) =>
      writeTargets(ports, { id, base, phase: 'bulk', size, ahead }, targets(networks, records), (done) => {
        reached += done / records;
        return Promise.resolve();
      }),
  };
}

function targetOf(number: number, records: number): BatchTarget {
  const place = { network: `net${number}`, chainId: 1_000_000 + number };
  const all = Array.from({ length: records }, (_, at) => {
    const fields = { proxy: address(`${number} ${at}`) };
    return sealRecord({ ...place, category: 'core', name: `Contract${at}`, fields });
  });
  return { network: place.network, file: all.reduce(withRecord, emptyNetworkFile(place)), rejects: [], records };
}
