import assert from 'node:assert/strict';
import { cpSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type { LegacyEntry } from '../../src/core/legacy/entry.js';
import { type ErrorCode, StateManagerError } from '../../src/errors.js';
import { levelStore } from '../../src/leveldb/level-store.js';
import { growStore } from '../support/grown-store.js';
import { storeContent, temporaryFolder } from '../support/leveldb-store.js';
import { sharedData } from '../support/shared-data.js';

describe('what is read by its bytes', () => {
  for (const compression of [true, false]) {
    for (const [keys, rounds] of [
      [40, 1],
      [500, 4],
      [3000, 6],
    ] as const) {
      it(`is what level reads: ${keys} keys, ${rounds} openings, ${compression ? 'Snappy' : 'no compression'}`, async (t) => {
        const path = await growStore(join(temporaryFolder(t), 'store'), { keys, rounds, compression });
        const { entries, warnings } = await levelStore.examine(path);
        assert.deepEqual(warnings, []);
        assert.deepEqual(textsOf(entries), [...(await storeContent(path))]);
      });
    }
  }

  it('of the real database is 28 entries in 33 records, three with arguments that are lost since', async (t) => {
    const path = sharedData('lookcoin', 'leveldb');
    if (path === null) {
      t.skip('shared data is not here');
      return;
    }
    const copy = join(temporaryFolder(t), 'copy');
    cpSync(path, copy, { recursive: true });
    const { entries, superseded, warnings } = await levelStore.examine(path);
    assert.deepEqual([entries.length, superseded.length, warnings], [28, 5, []]);
    assert.deepEqual(textsOf(entries), [...(await storeContent(copy))]);
    const withArguments = superseded.filter(({ value }) => Buffer.from(value ?? []).includes('deploymentArgs'));
    assert.deepEqual(
      withArguments.map(({ key, file }) => [Buffer.from(key).toString(), file]),
      ['23295-CelerIMModule', '23295-LookCoin', '23295-SupplyOracle'].map((key) => [key, '000072.ldb']),
    );
  });
});

type Damage = {
  readonly title: string;
  readonly file: 'CURRENT' | 'MANIFEST' | '.ldb' | '.log';
  readonly harm: (path: string) => void;
  readonly code: ErrorCode;
  readonly kind: string;
};

const cutInHalf = (path: string): void => {
  truncateSync(path, Math.floor(readFileSync(path).length / 2));
};
const flipInMiddle = (path: string): void => {
  const bytes = readFileSync(path);
  const at = Math.floor(bytes.length / 2);
  bytes[at] = (bytes[at] ?? 0) ^ 16;
  writeFileSync(path, bytes);
};

/** With LOCK held (level-store.test.ts) and a log cut inside its last record (below) these are the classes of the study. */
const classes: readonly Damage[] = [
  { title: 'CURRENT is missing', file: 'CURRENT', harm: rmSync, code: 'LEVELDB_INVALID', kind: 'current' },
  { title: 'CURRENT is cut', file: 'CURRENT', harm: cutInHalf, code: 'LEVELDB_INVALID', kind: 'current' },
  { title: 'CURRENT is flipped', file: 'CURRENT', harm: flipInMiddle, code: 'LEVELDB_INVALID', kind: 'current' },
  { title: 'the MANIFEST is missing', file: 'MANIFEST', harm: rmSync, code: 'LEVELDB_INVALID', kind: 'missing-file' },
  { title: 'the MANIFEST is cut', file: 'MANIFEST', harm: cutInHalf, code: 'LEVELDB_READ_ERROR', kind: 'torn-tail' },
  { title: 'the MANIFEST is flipped', file: 'MANIFEST', harm: flipInMiddle, code: 'LEVELDB_READ_ERROR', kind: 'crc' },
  { title: 'a table is missing', file: '.ldb', harm: rmSync, code: 'LEVELDB_READ_ERROR', kind: 'missing-file' },
  { title: 'a table is cut', file: '.ldb', harm: cutInHalf, code: 'LEVELDB_READ_ERROR', kind: 'size' },
  { title: 'a table is flipped', file: '.ldb', harm: flipInMiddle, code: 'LEVELDB_READ_ERROR', kind: 'crc' },
  { title: 'the log is missing', file: '.log', harm: rmSync, code: 'LEVELDB_READ_ERROR', kind: 'missing-file' },
  { title: 'the log is flipped', file: '.log', harm: flipInMiddle, code: 'LEVELDB_READ_ERROR', kind: 'crc' },
];

describe('a damaged LevelDB', () => {
  for (const { title, file, harm, code, kind } of classes) {
    it(`is refused by name when ${title}`, async (t) => {
      const path = await growStore(join(temporaryFolder(t), 'store'), { keys: 500, rounds: 3, compression: true });
      harm(join(path, nameOf(path, file)));
      const { details } = await refuses(code, path);
      const kinds = (details['damage'] as { kind: string }[]).map((problem) => problem.kind);
      assert.ok(kinds.includes(kind), kinds.join());
      assert.equal(details['reference'], 'LEVELDB-001');
      assert.equal(typeof details['readable'], 'number');
    });
  }

  it('loses only the write a crash interrupted when its log ends inside of the last record, and says so', async (t) => {
    const path = await growStore(join(temporaryFolder(t), 'store'), { keys: 500, rounds: 3, compression: true });
    const whole = textsOf(await levelStore.read(path));
    const log = join(path, nameOf(path, '.log'));
    truncateSync(log, readFileSync(log).length - 5);
    const { entries, warnings } = await levelStore.examine(path);
    assert.deepEqual(
      warnings.map(({ kind, severity }) => [kind, severity]),
      [['torn-tail', 'warning']],
    );
    assert.deepEqual(
      textsOf(entries),
      whole.filter(([key]) => key !== 'round 2'),
    );
  });

  it('is counted: of 501 writes the one behind the damage is readable, and at most the others are affected', async (t) => {
    const path = await growStore(join(temporaryFolder(t), 'store'), { keys: 500, rounds: 1, compression: true });
    flipInMiddle(join(path, nameOf(path, '.log')));
    const { details } = await refuses('LEVELDB_READ_ERROR', path);
    assert.equal(details['readable'], 1);
    assert.equal(details['affected'], 500);
  });
});

describe('flipping one bit', () => {
  const flips = Number(process.env['STATEROOT_FLIPS'] ?? 60);
  const seed = Number(process.env['STATEROOT_SEED'] ?? 7);

  for (const compression of [true, false]) {
    it(`of a table, log or MANIFEST is never silent: ${flips} flips, ${compression ? 'Snappy' : 'no compression'}`, async (t) => {
      const path = await growStore(join(temporaryFolder(t), 'store'), { keys: 300, rounds: 4, compression });
      await flipBits(t, path, flips, seed);
    });
  }

  it(`of the real database is never silent: ${flips} flips`, async (t) => {
    const path = sharedData('lookcoin', 'leveldb');
    if (path === null) t.skip('shared data is not here');
    else await flipBits(t, path, flips, seed);
  });
});

const kinds = ['.ldb', '.log', 'MANIFEST'] as const;

/** Detected, or the entries are the very same: a third there must not be. */
async function flipBits(t: TestContext, source: string, flips: number, seed: number): Promise<void> {
  const path = join(temporaryFolder(t), 'flipped');
  cpSync(source, path, { recursive: true });
  const whole = textsOf(await levelStore.read(source));
  const names = readdirSync(path).filter((name) => /^MANIFEST|\.(?:ldb|log)$/.test(name));
  const bytes = names.map((name) => ({ name, content: readFileSync(join(path, name)) }));
  const random = numbers(seed);
  const detected = new Map(kinds.map((kind) => [kind, 0]));
  for (let i = 0; i < flips; i += 1) {
    // Each kind in turn: a MANIFEST is small, and one bit of it may decide about every entry.
    const kind = kinds[i % kinds.length] ?? '.ldb';
    const files = bytes.filter(({ name }) => name.includes(kind));
    let at = Math.floor(random() * files.reduce((sum, { content }) => sum + content.length, 0));
    const bit = Math.floor(random() * 8);
    for (const { name, content } of files) {
      if (at >= content.length) {
        at -= content.length;
        continue;
      }
      const flipped = Buffer.from(content);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << bit);
      rmSync(join(path, name));
      writeFileSync(join(path, name), flipped);
      const where = `${name}, byte ${at}, bit ${bit}, seed ${seed}`;
      if (await isDetected(path, whole, where)) detected.set(kind, (detected.get(kind) ?? 0) + 1);
      writeFileSync(join(path, name), content);
      break;
    }
  }
  const total = [...detected.values()].reduce((sum, count) => sum + count, 0);
  const each = [...detected].map(([kind, count]) => `${count} in ${kind}`).join(', ');
  t.diagnostic(`${flips} flips: ${total} said (${each}), the others change no entry, 0 silent`);
  assert.ok(total > flips * 0.9, `${total} of ${flips}`);
}

async function isDetected(path: string, whole: readonly unknown[], where: string): Promise<boolean> {
  try {
    const { entries, warnings } = await levelStore.examine(path);
    if (warnings.length > 0) return true;
    assert.deepEqual(textsOf(entries), whole, where);
    return false;
  } catch (error) {
    if (error instanceof StateManagerError && error.code.startsWith('LEVELDB_')) return true;
    throw error;
  }
}

function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function nameOf(path: string, part: string): string {
  const name = readdirSync(path).find((one) => one.includes(part));
  assert.ok(name !== undefined, `no ${part}`);
  return name;
}

async function refuses(code: ErrorCode, path: string): Promise<StateManagerError> {
  const error: unknown = await levelStore.examine(path).then(
    () => null,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof StateManagerError, `expected ${code}, got ${String(error)}`);
  assert.equal(error.code, code);
  return error;
}

function textsOf(entries: readonly LegacyEntry[]): [string, string][] {
  return entries.map(({ key, value }) => [Buffer.from(key).toString(), Buffer.from(value).toString()]);
}
