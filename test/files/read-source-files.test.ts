import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { StateManagerError } from '../../src/errors.js';
import { sourceFiles } from '../../src/files/read-source-files.js';
import { fingerprint, temporaryFolder } from '../support/leveldb-store.js';

describe('reading source files', () => {
  it('gives one file, under the name it was asked for', async (t) => {
    const folder = filled(t);
    const [file, ...others] = await sourceFiles(folder).read('maps/b.json');
    assert.deepEqual([file?.name, file?.path, text(file?.bytes)], ['b.json', 'maps/b.json', 'B']);
    assert.equal(others.length, 0);
    const [absolute] = await sourceFiles('/').read(join(folder, 'maps/notes.txt'));
    assert.equal(text(absolute?.bytes), 'notes');
  });

  it('gives every .json file directly in a folder, ascending, and changes nothing', async (t) => {
    const folder = filled(t);
    const before = fingerprint(join(folder, 'maps'));
    const files = await sourceFiles(folder).read('maps');
    assert.deepEqual(
      files.map(({ name, path, bytes }) => [name, path, text(bytes)]),
      [
        ['B.json', 'maps/B.json', 'upper'],
        ['a.json', 'maps/a.json', ''],
        ['b.json', 'maps/b.json', 'B'],
      ],
    );
    assert.deepEqual(fingerprint(join(folder, 'maps')), before);
  });

  it('opens only the files of a folder whose names are wanted', async (t) => {
    const folder = filled(t);
    writeFileSync(join(folder, 'maps/a.unified.json'), '{}');
    symlinkSync('/nowhere', join(folder, 'maps/c.json'));
    const files = await sourceFiles(folder).read('maps', (name) => name.endsWith('.unified.json'));
    assert.deepEqual(
      files.map(({ name }) => name),
      ['a.unified.json'],
    );
    assert.deepEqual(await sourceFiles(folder).read('maps', () => false), []);
  });

  it('asks for every name of a folder, and opens none that is no .json file', async (t) => {
    const folder = filled(t);
    writeFileSync(join(folder, 'maps/a.json.backup-1'), '{}');
    const asked: string[] = [];
    const files = await sourceFiles(folder).read('maps', (name) => asked.push(name) > 0);
    assert.ok(asked.includes('a.json.backup-1'));
    assert.deepEqual(asked, [...asked].sort());
    assert.ok(files.every(({ name }) => name.endsWith('.json')));
  });

  it('refuses what is not there, and a folder without any', async (t) => {
    const folder = filled(t);
    mkdirSync(join(folder, 'empty'));
    for (const path of ['gone', 'gone/x.json', 'maps/b.json/x', 'empty']) await refuses(folder, path);
  });

  it('follows nothing out of a folder, and does not wait for a pipe', async (t) => {
    const folder = filled(t);
    writeFileSync(join(folder, 'secret'), 'secret');
    const odd: Readonly<Record<string, (at: string) => void>> = {
      link(at) {
        symlinkSync(join(folder, 'secret'), at);
      },
      folder(at) {
        mkdirSync(at);
      },
      pipe: makePipe,
    };
    for (const [what, make] of Object.entries(odd)) {
      mkdirSync(join(folder, what));
      make(join(folder, what, 'x.json'));
      await refuses(folder, what);
    }
    makePipe(join(folder, 'pipe.json'));
    await refuses(folder, 'pipe.json');
  });

  it('reads at most 64 MiB, of all files together', async (t) => {
    const folder = filled(t);
    const of = join(folder, 'large');
    mkdirSync(of);
    for (const name of ['a.json', 'b.json']) {
      writeFileSync(join(of, name), '');
      truncateSync(join(of, name), 40 * 1024 * 1024);
    }
    await refuses(folder, 'large');
    truncateSync(join(of, 'a.json'), 64 * 1024 * 1024 + 1);
    await refuses(folder, 'large/a.json');
  });
});

function filled(t: Parameters<typeof temporaryFolder>[0]): string {
  const folder = temporaryFolder(t);
  mkdirSync(join(folder, 'maps', 'nested'), { recursive: true });
  const files = { 'b.json': 'B', 'a.json': '', 'B.json': 'upper', '.hidden.json': 'x', 'notes.txt': 'notes' };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, 'maps', name), content);
  writeFileSync(join(folder, 'maps', 'nested', 'c.json'), 'x');
  return folder;
}

function makePipe(at: string): void {
  execFileSync('mkfifo', [at]);
}

async function refuses(cwd: string, path: string): Promise<void> {
  await assert.rejects(
    sourceFiles(cwd).read(path),
    (error) => error instanceof StateManagerError && error.code === 'BAD_INPUT' && error.hint !== undefined,
    path,
  );
}

function text(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString('utf8');
}
