import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe, it } from 'node:test';
import { program, statejson, stateroot } from '../support/command-line.js';
import { address, networkText, proxied } from '../support/deployments.js';
import { type TempRepository, tempRepository } from '../support/temp-repository.js';

const file = 'deployments/unified/bsctestnet.unified.json';

function withState(t: { after(run: () => void): void }): TempRepository {
  const temp = tempRepository(t);
  temp.write(file, networkText('bsctestnet', 97, { Vault: proxied('Vault') }));
  temp.commitAll('state');
  return temp;
}

describe('the command line', () => {
  it('writes the answer to stdout and the conversation to stderr', (t) => {
    const temp = withState(t);
    const answer = stateroot(temp, ['put', 'bsctestnet', 'New', '--set', `implementation=${address('new')}`]);
    assert.equal(answer.code, 0);
    assert.match(answer.stdout, /New/);
    assert.doesNotMatch(answer.stdout, /Undo:/);
    assert.match(answer.stderr, /Undo: stateroot rollback/);
  });

  it('prints of a write only the full commit id under -q', (t) => {
    const temp = withState(t);
    const answer = stateroot(temp, ['-q', 'put', 'bsctestnet', 'New', '--set', `implementation=${address('new')}`]);
    assert.deepEqual([answer.code, answer.stdout, answer.stderr], [0, `${temp.git('rev-parse', 'HEAD')}\n`, '']);
    assert.match(stateroot(temp, ['-q', 'get', 'bsctestnet', 'New']).stdout, /New/);
  });

  it('prints one JSON document whatever happens', (t) => {
    const temp = withState(t);
    const found = statejson(temp, ['get', 'bsctestnet', 'Vault']);
    assert.deepEqual([found.code, found.ok, Object.keys(found)], [0, true, ['ok', 'data', 'findings', 'code']]);
    for (const [code, args] of [
      [1, ['get', 'bsctestnet', 'Nobody']],
      [2, ['get', 'bsctestnet']],
      [2, ['nonsense']],
      [2, ['get', '../x', 'Vault', '--at', 'nowhere']],
    ] as const) {
      const refused = statejson(temp, args);
      assert.deepEqual([refused.code, refused.ok], [code, false], args.join(' '));
    }
  });

  it('says of a refused write that nothing was written', (t) => {
    const temp = withState(t);
    const { code, stderr, stdout } = stateroot(temp, ['put', '../x', 'Vault', '--set', 'a=1']);
    assert.deepEqual([code, stdout, stderr.trimEnd().split('\n').at(-1)], [2, '', 'Nothing was written.']);
    assert.doesNotMatch(stderr, /^ +at /m);
  });

  it('outside a repository refuses with 4 and without a stack', (t) => {
    const temp = tempRepository(t);
    for (const verb of ['status', 'list', 'init', 'doctor']) {
      const { code, stderr } = stateroot(temp, [verb], { folder: '../home' });
      assert.equal(code, 4, verb);
      assert.match(stderr, /^✖ .*\n {2}Next: git init/);
      assert.doesNotMatch(stderr, /^ +at /m);
    }
  });

  it('runs elsewhere by -C, wherever it stands', (t) => {
    const temp = withState(t);
    for (const args of [
      ['-C', '../repository', 'list'],
      ['list', '--cwd', '../repository'],
    ]) {
      const { code, stdout } = stateroot(temp, args, { folder: '../home' });
      assert.equal(code, 0);
      assert.match(stdout, /Vault/);
    }
  });

  it('knows its version', (t) => {
    const { version } = JSON.parse(readFileSync(join(program, '../../package.json'), 'utf8')) as { version: string };
    assert.equal(stateroot(tempRepository(t), ['--version']).stdout, `${version}\n`);
  });

  it('answers help outside a repository', (t) => {
    const temp = tempRepository(t);
    assert.equal(stateroot(temp, ['--help'], { folder: '../home' }).code, 0);
    assert.match(stateroot(temp, ['put', '--help'], { folder: '../home' }).stdout, /stateroot put <network> <name>/);
  });

  it('is never coloured in a pipe unless asked', (t) => {
    const temp = withState(t);
    temp.write(file, readFileSync(temp.at(file), 'utf8').replace(/0x./, '0xz'));
    const escape = '\u001b[';
    const plain = stateroot(temp, ['validate']);
    assert.equal(plain.code, 1);
    assert.ok(!(plain.stdout + plain.stderr).includes(escape));
    const forced = { ...temp, env: { ...temp.env, FORCE_COLOR: '1' } };
    assert.ok(stateroot(forced, ['validate']).stdout.includes(escape));
    assert.ok(!stateroot(forced, ['validate', '--no-color']).stdout.includes(escape));
  });

  it('writes without signs where the locale has no UTF-8', (t) => {
    const temp = tempRepository(t);
    const { stderr } = stateroot({ ...temp, env: { ...temp.env, LC_ALL: 'C' } }, ['nonsense']);
    assert.match(stderr, /^x /);
    assert.match(stderr, /^[\n\x20-\x7e]*$/);
  });

  it('gives a pipe the whole of a long answer, and is quiet when its reader goes away', (t) => {
    const temp = tempRepository(t);
    const many = Array.from({ length: 1500 }, (_, index) => [`Contract${index}`, proxied(`c${index}`)] as const);
    temp.write(file, networkText('bsctestnet', 97, Object.fromEntries(many)));
    const piped = (reader: string) => {
      const command = `"${process.execPath}" "${program}" list --json | ${reader}`;
      const options = { cwd: temp.path, env: temp.env, encoding: 'utf8', maxBuffer: 1e8 } as const;
      return spawnSync('sh', ['-c', command], options);
    };
    const { data } = JSON.parse(piped('(sleep 0.2; cat)').stdout) as { data: unknown[] };
    assert.equal(data.length, 1500);
    const cut = piped('head -c 1');
    assert.deepEqual([cut.stdout, cut.stderr], ['{', '']);
  });

  it('ends with 130 when it is interrupted', async (t) => {
    const temp = withState(t);
    const child = spawn(process.execPath, [program, 'apply', '-'], { cwd: temp.path, env: temp.env });
    t.after(() => child.kill('SIGKILL'));
    await once(child, 'spawn');
    // It waits for its input once it is up; until then the signal would end node itself.
    const timer = setInterval(() => child.kill('SIGINT'), 200);
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
    clearInterval(timer);
    assert.ok(code === 130 || signal === 'SIGINT', `${code} ${signal}`);
    assert.equal(temp.git('status', '--porcelain'), '');
  });

  it('reads a record from stdin and says which file it cannot read', (t) => {
    const temp = withState(t);
    const input = JSON.stringify({ implementation: address('piped') });
    assert.equal(stateroot(temp, ['put', 'bsctestnet', 'Piped', '--from', '-'], { input }).code, 0);
    const missing = statejson(temp, ['put', 'bsctestnet', 'Piped', '--from', 'nowhere.json']);
    assert.deepEqual([missing.code, missing.error?.code], [2, 'BAD_INPUT']);
  });
});
