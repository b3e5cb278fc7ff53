import assert from 'node:assert/strict';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe, it, type TestContext } from 'node:test';
import type { LegacyEntry } from '../../src/core/legacy/entry.js';
import { type ErrorCode, StateManagerError } from '../../src/errors.js';
import { levelStore } from '../../src/leveldb/level-store.js';
import {
  entriesOf,
  fingerprint,
  holdOpen,
  makeStore,
  storeContent,
  temporaryFolder,
} from '../support/leveldb-store.js';
import { sharedData } from '../support/shared-data.js';

const oddEntries: LegacyEntry[] = [
  ...entriesOf({
    '97-contracts/a.sol:A': 'x',
    '97-ключ \u0007': '',
    __proto__x: '{}',
    '': 'empty key',
    '97-../../x': '{',
  }),
  { key: Uint8Array.of(0xff, 0x00, 0x5c), value: Uint8Array.of(0x00, 0xfe) },
];

describe('reading a LevelDB', () => {
  it('gives every entry byte for byte, ascending by key', async (t) => {
    const path = await makeStore(
      join(temporaryFolder(t), 'store'),
      oddEntries.filter(({ key }) => key.length > 0),
    );
    const wanted = oddEntries
      .filter(({ key }) => key.length > 0)
      .map(hex)
      .sort();
    assert.deepEqual((await levelStore.read(path)).map(hex), wanted);
  });

  it('leaves the source exactly as it was, LOCK, LOG and times included', async (t) => {
    const path = await makeStore(join(temporaryFolder(t), 'store'), entriesOf({ a: '1' }));
    const before = fingerprint(path);
    await levelStore.read(path);
    assert.deepEqual(fingerprint(path), before);
  });

  it('reads the real database from a folder it may not write, and changes nothing', async (t) => {
    const path = sharedData('lookcoin', 'leveldb');
    if (path === null) {
      t.skip('shared data is not here');
      return;
    }
    const before = fingerprint(path);
    assert.equal((await levelStore.read(path)).length, 28);
    assert.deepEqual(fingerprint(path), before);
  });

  it('leaves no copy behind, whether it succeeds or not', async (t) => {
    const folder = temporaryFolder(t);
    const place = join(folder, 'tmp');
    mkdirSync(place);
    useTemporaryFolder(t, place);
    const path = await makeStore(join(folder, 'store'), entriesOf({ a: '1' }));
    const broken = await makeStore(join(folder, 'broken'), entriesOf({ a: '1' }));
    const manifest = readdirSync(broken).find((name) => name.startsWith('MANIFEST')) ?? '';
    writeFileSync(join(broken, manifest), 'nonsense');
    await levelStore.read(path);
    await refuses('LEVELDB_READ_ERROR', levelStore.read(broken));
    assert.deepEqual(readdirSync(place), []);
  });

  it('counts what it has seen', async (t) => {
    const entries = Object.fromEntries(Array.from({ length: 2500 }, (_, i) => [`key ${i}`, 'x']));
    const path = join(temporaryFolder(t), 'store');
    await levelStore.write(path, entriesOf(entries));
    const seen: number[] = [];
    await levelStore.read(path, (count) => seen.push(count));
    assert.deepEqual(seen, [1000, 2000, 2500]);
  });
});

describe('a folder that is no LevelDB to read', () => {
  it('is not found when it is not there', async (t) => {
    await refuses('LEVELDB_NOT_FOUND', levelStore.read(join(temporaryFolder(t), 'nothing')));
  });

  it('is invalid when it is empty, a file, or holds something else', async (t) => {
    const folder = temporaryFolder(t);
    await refuses('LEVELDB_INVALID', levelStore.read(folder));
    writeFileSync(join(folder, 'state.json'), '{}');
    await refuses('LEVELDB_INVALID', levelStore.read(folder));
    await refuses('LEVELDB_INVALID', levelStore.read(join(folder, 'state.json')));
  });

  it('is invalid when it only contains one, and the refusal names it', async (t) => {
    const folder = temporaryFolder(t);
    await makeStore(join(folder, 'inner'), entriesOf({ a: '1' }));
    const error = await refuses('LEVELDB_INVALID', levelStore.read(folder));
    assert.match(error.hint ?? '', /inner/);
  });

  for (const current of [
    '../../../etc/passwd\n',
    'MANIFEST-000001',
    'MANIFEST-1\n',
    '',
    'MANIFEST-000001\nMANIFEST-000002\n',
  ]) {
    it(`is invalid when CURRENT says ${JSON.stringify(current)}`, async (t) => {
      const path = await makeStore(join(temporaryFolder(t), 'store'), entriesOf({ a: '1' }));
      writeFileSync(join(path, 'CURRENT'), current);
      await refuses('LEVELDB_INVALID', levelStore.read(path));
    });
  }

  it('is invalid when the manifest that CURRENT names is missing', async (t) => {
    const path = await makeStore(join(temporaryFolder(t), 'store'), entriesOf({ a: '1' }));
    writeFileSync(join(path, 'CURRENT'), 'MANIFEST-999999\n');
    await refuses('LEVELDB_INVALID', levelStore.read(path));
  });

  for (const own of ['CURRENT', 'LOCK', 'MANIFEST', '.log']) {
    it(`is invalid when its ${own} is a link, even one that leads to the right file`, async (t) => {
      const folder = temporaryFolder(t);
      const path = await makeStore(join(folder, 'store'), entriesOf({ a: '1' }));
      const name = readdirSync(path).find((one) => one.includes(own)) ?? own;
      copyFileSync(join(path, name), join(folder, 'elsewhere'));
      rmSync(join(path, name));
      symlinkSync(join(folder, 'elsewhere'), join(path, name));
      await refuses('LEVELDB_INVALID', levelStore.read(path));
    });
  }

  it('is read when links and folders of other names stand beside its files, and they are not followed', async (t) => {
    const path = await makeStore(join(temporaryFolder(t), 'store'), entriesOf({ a: '1' }));
    symlinkSync('/nowhere', join(path, 'notes'));
    mkdirSync(join(path, 'previous-exports'));
    assert.equal((await levelStore.read(path)).length, 1);
  });
});

describe('a LevelDB in use', () => {
  it('is refused while another process holds it open, untouched, and read when that one is gone', async (t) => {
    if (!existsSync('/proc/locks')) {
      t.skip('this system does not list file locks');
      return;
    }
    const path = await makeStore(join(temporaryFolder(t), 'store'), entriesOf({ a: '1' }));
    const holder = await holdOpen(t, path);
    const before = fingerprint(path);
    const error = await refuses('LEVELDB_LOCKED', levelStore.read(path));
    assert.equal(error.details['pid'], holder.pid);
    assert.deepEqual(fingerprint(path), before);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    assert.equal((await levelStore.read(path)).length, 1);
  });
});

describe('writing a LevelDB', () => {
  it('stores exactly these bytes, readable by level alone', async (t) => {
    const path = join(temporaryFolder(t), 'deep', 'store');
    await levelStore.write(path, entriesOf({ 'b:0x1': '{"x":1}', a: 'ü' }));
    assert.deepEqual(
      [...(await storeContent(path))],
      [
        ['a', 'ü'],
        ['b:0x1', '{"x":1}'],
      ],
    );
  });

  it('makes an empty store of no entries, and fills an empty folder', async (t) => {
    const folder = temporaryFolder(t);
    await levelStore.write(folder, []);
    assert.deepEqual(await levelStore.read(folder), []);
  });

  it('touches nothing that exists', async (t) => {
    const folder = temporaryFolder(t);
    writeFileSync(join(folder, 'mine.txt'), 'mine');
    await refuses('OUTPUT_EXISTS', levelStore.write(folder, entriesOf({ a: '1' })));
    await refuses('OUTPUT_EXISTS', levelStore.write(join(folder, 'mine.txt'), entriesOf({ a: '1' })));
    assert.deepEqual(readdirSync(folder), ['mine.txt']);
    assert.equal(readFileSync(join(folder, 'mine.txt'), 'utf8'), 'mine');
  });

  it('leaves nothing when it fails half-way', async (t) => {
    const folder = temporaryFolder(t);
    function* failing(): Generator<LegacyEntry> {
      yield* entriesOf({ a: '1' });
      throw new Error('the source broke');
    }
    await refuses('LEVELDB_WRITE_ERROR', levelStore.write(join(folder, 'store'), failing()));
    assert.deepEqual(readdirSync(folder), []);
  });
});

function useTemporaryFolder(t: TestContext, folder: string): void {
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
  t.after(() => {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  });
}

async function refuses(code: ErrorCode, attempt: Promise<unknown>): Promise<StateManagerError> {
  const error: unknown = await attempt.then(
    () => null,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof StateManagerError, `expected ${code}, got ${String(error)}`);
  assert.equal(error.code, code);
  return error;
}

function hex({ key, value }: LegacyEntry): string {
  return `${Buffer.from(key).toString('hex')} ${Buffer.from(value).toString('hex')}`;
}
