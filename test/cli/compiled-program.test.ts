import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { describe, it, type TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';

const source = pathToFileURL(join(import.meta.dirname, '../../src/cli/compiled-program.js')).href;

type Place = { readonly program: string; readonly kept: string };

function place(t: TestContext): Place {
  const folder = mkdtempSync(join(tmpdir(), 'stateroot-compiled-'));
  t.after(() => {
    rmSync(folder, { recursive: true });
  });
  return { program: join(folder, 'program.cjs'), kept: join(folder, 'kept', 'program') };
}

/** Runs a text in a process of its own, as the program is started each time. */
function run({ program, kept }: Place, text: string, flags: readonly string[] = []): { out: string; code: number } {
  writeFileSync(program, text);
  const scope = "{ require: createRequire('/'), __import: (specifier) => import(specifier) }";
  const start = `
    import { createRequire } from 'node:module';
    import { runProgram } from ${JSON.stringify(source)};
    runProgram(${JSON.stringify(program)}, ${JSON.stringify(kept)}, ${scope});`;
  const child = spawnSync(process.execPath, [...flags, '--input-type=module', '--eval', start], { encoding: 'utf8' });
  assert.equal(child.signal, null);
  return { out: child.stdout + child.stderr.slice(0, 500), code: child.status ?? -1 };
}

const said = (word: string) => `function say() { return '${word}'; }\nprocess.stdout.write(say());`;

describe('a program that is kept compiled', () => {
  it('has the names of a module, the file it stands in, and import()', (t) => {
    const here = place(t);
    const text = `"use strict";
      module.exports = {}; exports.mine = 1;
      const sloppy = (function () { return this; })() !== undefined;
      const { sep } = require('node:path');
      __import('node:os').then(({ EOL }) => console.log(JSON.stringify([__filename, __dirname, sloppy, sep, EOL])));`;
    const answer = JSON.stringify([here.program, dirname(here.program), false, '/', '\n']);
    assert.deepEqual(run(here, text), { out: `${answer}\n`, code: 0 });
    assert.deepEqual(run(here, text), { out: `${answer}\n`, code: 0 });
  });

  it('is kept by the first run that ends well, and taken as it is by the next', (t) => {
    const here = place(t);
    assert.equal(run(here, said('one')).out, 'one');
    const before = statSync(here.kept);
    assert.equal(run(here, said('one')).out, 'one');
    assert.deepEqual([statSync(here.kept).ino, statSync(here.kept).mtimeMs], [before.ino, before.mtimeMs]);
    assert.deepEqual(readdirSync(dirname(here.kept)), ['program']);
  });

  it('is not kept by a run that fails', (t) => {
    const here = place(t);
    assert.equal(run(here, `${said('one')} process.exitCode = 1;`).code, 1);
    assert.equal(run(here, `${said('one')} throw new Error('broken');`).code, 1);
    assert.throws(() => statSync(here.kept), { code: 'ENOENT' });
  });

  it('is never taken for another text, not even one of the same length', (t) => {
    const here = place(t);
    assert.equal(run(here, said('one')).out, 'one');
    assert.equal(run(here, said('two')).out, 'two');
    assert.equal(run(here, said('two')).out, 'two');
    assert.equal(run(here, said('three')).out, 'three');
  });

  it('runs from its text where what is kept is damaged, which is then made again', (t) => {
    const here = place(t);
    assert.equal(run(here, said('one')).out, 'one');
    const whole = readFileSync(here.kept);
    const flipped = (at: number) => whole.map((byte, i) => (i === at ? byte ^ 1 : byte));
    const damaged: [what: string, bytes: Uint8Array][] = [
      ['empty', new Uint8Array()],
      ['shorter than its check', whole.subarray(0, 3)],
      ['cut', whole.subarray(0, -1)],
      ['longer', Buffer.concat([whole, Buffer.from([0])])],
      ['zeros', new Uint8Array(whole.length)],
      ...[0, 4, 5, 30, whole.length >> 1, whole.length - 1].map((at): [string, Uint8Array] => [
        `byte ${at}`,
        flipped(at),
      ]),
    ];
    for (const [what, bytes] of damaged) {
      writeFileSync(here.kept, bytes);
      assert.equal(run(here, said('one')).out, 'one', what);
      assert.notDeepEqual(readFileSync(here.kept), Buffer.from(bytes), what);
      assert.equal(run(here, said('one')).out, 'one', what);
    }
  });

  it('is made again for a node that was started otherwise', (t) => {
    const here = place(t);
    assert.equal(run(here, said('one')).out, 'one');
    const before = readFileSync(here.kept);
    assert.equal(run(here, said('one'), ['--no-opt']).out, 'one');
    assert.notDeepEqual(readFileSync(here.kept), before);
  });

  it('runs without being kept where nothing can be written', (t) => {
    const here = place(t);
    writeFileSync(dirname(here.kept), 'a file where the folder would be');
    assert.deepEqual(run(here, said('one')), { out: 'one', code: 0 });
    rmSync(dirname(here.kept));
    mkdirSync(here.kept, { recursive: true });
    assert.deepEqual(run(here, said('one')), { out: 'one', code: 0 });
    assert.deepEqual(readdirSync(dirname(here.kept)), ['program']);
  });
});
