import assert from 'node:assert/strict';
import { chmodSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Level } from 'level';
import { readStore } from '../../src/core/leveldb/read-store.js';
import { StateManagerError } from '../../src/errors.js';
import { levelStore } from '../../src/leveldb/level-store.js';
import { compact } from '../support/grown-store.js';
import { temporaryFolder } from '../support/leveldb-store.js';

/** What was written and acknowledged, by key: the truth that an answer is held against. */
type Truth = Map<string, string>;
type Outcome = 'complete' | { readonly code: 'LEVELDB_INVALID' | 'LEVELDB_READ_ERROR'; readonly kind: string };
type Class = {
  /** As LevelDB's own corruption tests call it. */
  readonly name: string;
  readonly harm: (path: string, truth: Truth) => void | Promise<void>;
  readonly outcome: Outcome;
};

const unreadable = (kind: string): Outcome => ({ code: 'LEVELDB_READ_ERROR', kind });

const classes: readonly Class[] = [
  {
    name: 'Recovery: bytes in the log are others, at its beginning and in its second block',
    harm: (path) => {
      change(newest(path, '.log'), 19, 1);
      change(newest(path, '.log'), 32 * 1024 + 1000, 1);
    },
    outcome: unreadable('crc'),
  },
  {
    name: 'RecoverWriteError: nothing can be written beside the files',
    harm: (path) => {
      for (const name of readdirSync(path)) chmodSync(join(path, name), 0o400);
      chmodSync(path, 0o500);
    },
    outcome: 'complete',
  },
  {
    name: 'NewFileErrorDuringWrite: new files were made and nothing came to stand in them',
    harm: (path) => {
      writeFileSync(join(path, '009998.ldb'), '');
      writeFileSync(join(path, '009999.log'), '');
    },
    outcome: 'complete',
  },
  {
    name: 'TableFile: a byte of a table is another',
    harm: (path) => {
      change(largestTable(path), 100, 1);
    },
    outcome: unreadable('crc'),
  },
  {
    name: 'TableFileRepair: a hundred bytes of a table are others',
    harm: (path) => {
      change(largestTable(path), 2000, 100);
    },
    outcome: unreadable('crc'),
  },
  {
    name: 'TableFileIndexData: the index of a table is another',
    harm: (path) => {
      const table = largestTable(path);
      change(table, statSync(table).size - 48 - 30, 20);
    },
    outcome: unreadable('crc'),
  },
  {
    name: 'MissingDescriptor: the MANIFEST is gone',
    harm: (path) => {
      rmSync(newest(path, 'MANIFEST'));
    },
    outcome: { code: 'LEVELDB_INVALID', kind: 'missing-file' },
  },
  {
    name: 'SequenceNumberRecovery: the first writes of the log are gone, and those after them are whole',
    harm: async (path, truth) => {
      await write(path, truth, (put) => {
        for (let i = 0; i < 3 * perRecord; i += 1) put(`58-Contract${i}`, `number ${i}`);
      });
      const log = newest(path, '.log');
      const bytes = readFileSync(log);
      writeFileSync(log, bytes.subarray(7 + bytes.readUInt16LE(4)));
    },
    outcome: unreadable('sequence-gap'),
  },
  {
    name: 'CorruptedDescriptor: the MANIFEST is other bytes',
    harm: (path) => {
      change(newest(path, 'MANIFEST'), 0, 1000);
    },
    outcome: unreadable('manifest'),
  },
  {
    name: 'CompactionInputError: the newest table, which a compaction would read, is damaged',
    harm: (path) => {
      change(newest(path, '.ldb'), 100, 1);
    },
    outcome: unreadable('crc'),
  },
  {
    name: 'CompactionInputErrorParanoid: every table is damaged',
    harm: (path) => {
      for (const name of readdirSync(path)) if (name.endsWith('.ldb')) change(join(path, name), 100, 1);
    },
    outcome: unreadable('crc'),
  },
  {
    name: 'UnrelatedKeys: a table is damaged, and other keys were written since',
    harm: async (path, truth) => {
      change(largestTable(path), 100, 1);
      await write(path, truth, (put) => {
        for (let i = 0; i < 40; i += 1) put(`59-Unrelated${i}`, `after the damage ${i}`);
      });
    },
    outcome: unreadable('crc'),
  },
];

describe('a LevelDB damaged as in the corruption tests of LevelDB', () => {
  for (const { name, harm, outcome } of classes) {
    it(`is ${outcome === 'complete' ? 'read whole' : 'refused with counts that hold'}: ${name}`, async (t) => {
      const path = join(temporaryFolder(t), 'store');
      const truth = await build(path);
      assert.deepEqual(new Map(textsOf(await levelStore.read(path))), truth);
      await harm(path, truth);
      const answer = await levelStore
        .examine(path)
        .catch((reason: unknown) => reason)
        .finally(() => {
          chmodSync(path, 0o700);
        });
      if (outcome === 'complete') {
        assert.ok(!(answer instanceof Error), String(answer));
        assert.deepEqual(new Map(textsOf((answer as Awaited<ReturnType<typeof levelStore.examine>>).entries)), truth);
        return;
      }
      assert.ok(answer instanceof StateManagerError, `${name} was silent`);
      assert.deepEqual([answer.code, answer.details['reference']], [outcome.code, 'LEVELDB-001']);
      const kinds = (answer.details['damage'] as { kind: string }[]).map(({ kind }) => kind);
      assert.ok(kinds.includes(outcome.kind), kinds.join());
      const { readable, wrong } = countsOf(path, truth);
      const { affected } = answer.details;
      assert.equal(answer.details['readable'], readable);
      assert.ok(
        affected === null || (typeof affected === 'number' && affected >= wrong),
        `${wrong} of ${String(affected)}`,
      );
      t.diagnostic(
        `${readable} keys readable of ${truth.size}, ${wrong} missing, old or back again, at most ${String(affected)} said`,
      );
    });
  }

  it('is counted by its only MANIFEST when CURRENT is gone, and by nothing when there are two', async (t) => {
    const path = join(temporaryFolder(t), 'store');
    const truth = await build(path);
    rmSync(join(path, 'CURRENT'));
    const one = await levelStore.examine(path).catch((reason: unknown) => reason);
    assert.ok(one instanceof StateManagerError);
    assert.deepEqual([one.code, one.details['readable']], ['LEVELDB_INVALID', truth.size]);
    assert.equal(typeof one.details['affected'], 'number');
    writeFileSync(join(path, 'MANIFEST-999999'), '');
    const two = await levelStore.examine(path).catch((reason: unknown) => reason);
    assert.ok(two instanceof StateManagerError);
    assert.deepEqual([two.code, two.details['affected']], ['LEVELDB_INVALID', null]);
    assert.match(two.hint ?? '', /--also/);
  });
});

/** Keys in a compacted table, overwritten and deleted in a newer one, and more of both in a log of two blocks. */
async function build(path: string): Promise<Truth> {
  const truth: Truth = new Map();
  await write(path, truth, (put) => {
    for (let i = 0; i < 600; i += 1) put(`56-Contract${i}`, `first ${i} ${'x'.repeat(i % 50)}`);
  });
  await write(path, truth, () => {}, compact);
  await write(path, truth, (put, remove) => {
    for (let i = 0; i < 200; i += 1) put(`56-Contract${i}`, `second ${i} ${'y'.repeat(i % 70)}`);
    for (let i = 300; i < 340; i += 1) remove(`56-Contract${i}`);
  });
  await write(path, truth, (put, remove) => {
    for (let i = 0; i < 300; i += 1) put(`97-Contract${i}`, `third ${i} ${i}`.padEnd(200, 'z'));
    for (let i = 0; i < 50; i += 1) put('56-Contract7', `again ${i}`);
    for (let i = 100; i < 120; i += 1) remove(`56-Contract${i}`);
  });
  return truth;
}

type Write =
  | { readonly type: 'put'; readonly key: string; readonly value: string }
  | { readonly type: 'del'; readonly key: string };
/** So many writes make one record of the log. */
const perRecord = 8;

type Put = (key: string, value: string) => void;

async function write(
  path: string,
  truth: Truth,
  fill: (put: Put, remove: (key: string) => void) => void,
  then: (database: Level) => Promise<void> = async () => {},
): Promise<void> {
  const database = new Level(path);
  await database.open();
  const writes: Write[] = [];
  fill(
    (key, value) => {
      truth.set(key, value);
      writes.push({ type: 'put', key, value });
    },
    (key) => {
      truth.delete(key);
      writes.push({ type: 'del', key });
    },
  );
  for (let i = 0; i < writes.length; i += perRecord) await database.batch(writes.slice(i, i + perRecord));
  await then(database);
  await database.close();
}

function countsOf(path: string, truth: Truth): { readable: number; wrong: number } {
  const files = new Map(readdirSync(path).map((name) => [name, readFileSync(join(path, name))]));
  const { entries } = readStore(files, { bytes: 2 ** 30 });
  const read = new Map(textsOf(entries));
  const keys = [...new Set([...truth.keys(), ...read.keys()])];
  return { readable: read.size, wrong: keys.filter((key) => read.get(key) !== truth.get(key)).length };
}

function change(path: string, at: number, count: number): void {
  const bytes = readFileSync(path);
  assert.ok(at >= 0 && at < bytes.length, `${path} has ${bytes.length} bytes`);
  for (let i = at; i < Math.min(at + count, bytes.length); i += 1) bytes[i] = (bytes[i] ?? 0) ^ 0x80;
  writeFileSync(path, bytes);
}

function newest(path: string, part: string): string {
  const name = readdirSync(path)
    .filter((one) => one.includes(part))
    .sort()
    .at(-1);
  assert.ok(name !== undefined, `no ${part}`);
  return join(path, name);
}

function largestTable(path: string): string {
  const tables = readdirSync(path).filter((name) => name.endsWith('.ldb'));
  const [largest] = tables.map((name) => join(path, name)).sort((a, b) => statSync(b).size - statSync(a).size);
  assert.ok(largest !== undefined && tables.length > 1, tables.join());
  return largest;
}

function textsOf(entries: readonly { readonly key: Uint8Array; readonly value: Uint8Array }[]): [string, string][] {
  return entries.map(({ key, value }) => [Buffer.from(key).toString(), Buffer.from(value).toString()]);
}
