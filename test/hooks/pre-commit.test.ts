import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { describe, it } from 'node:test';
import type { Json } from '../../src/core/json.js';
import { canonicalize } from '../../src/core/text/canonical.js';
import { program } from '../support/command-line.js';
import { networkText, proxied } from '../support/deployments.js';
import { layouts, under } from '../support/layouts.js';
import { type TempRepository, tempRepository } from '../support/temp-repository.js';

const script = join(import.meta.dirname, '..', '..', '..', 'hooks', 'pre-commit');
const relative = 'deployments/unified/bsctestnet.unified.json';
const valid = networkText('bsctestnet', 97, { Vault: proxied('Vault') });
const invalid = valid.replace(/("implementation": "0x)[0-9a-f]/i, '$1Z');

/** A repository with the shipped hook as its pre-commit hook; `root` is a marked state root below the top. */
function guarded(t: { after(run: () => void): void }, root = ''): TempRepository {
  const temp = tempRepository(t);
  if (root !== '') temp.write(`${root}/stateroot.config.json`, '{}\n');
  temp.write(under(root, relative), valid);
  temp.write('readme', 'one\n');
  temp.commitAll('start');
  copyFileSync(script, temp.at('.git/hooks/pre-commit'));
  chmodSync(temp.at('.git/hooks/pre-commit'), 0o755);
  temp.git('config', 'stateroot.command', `'${process.execPath}' '${program}'`);
  return temp;
}

function commit(temp: TempRepository, ...args: string[]): { code: number | null; said: string } {
  const child = spawnSync('git', ['commit', '--quiet', '-m', 'edit', ...args], {
    cwd: temp.path,
    env: temp.env,
    encoding: 'utf8',
  });
  return { code: child.status, said: child.stdout + child.stderr };
}

/** An executable that stands for stateroot and says who it is. */
function impostor(path: string, name: string, code = 0): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\necho "I am ${name}: $*" >&2\nexit ${code}\n`, { mode: 0o755 });
}

/** PATH with git, sh and what they need, but without node and stateroot. */
function pathWithoutNode(temp: TempRepository): TempRepository {
  const folder = temp.at('../bin');
  mkdirSync(folder, { recursive: true });
  for (const name of ['git', 'sh', 'sed', 'sort', 'cat']) {
    const found = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim();
    symlinkSync(found, join(folder, name));
  }
  return { ...temp, env: { ...temp.env, PATH: folder } };
}

describe('the pre-commit hook', () => {
  it('is a POSIX shell script', () => {
    const child = spawnSync('sh', ['-n', script], { encoding: 'utf8' });
    assert.deepEqual([child.status, child.stderr], [0, '']);
    assert.match(readFileSync(script, 'utf8'), /^#!\/bin\/sh\n/);
  });

  for (const { where, root } of layouts) {
    const file = under(root, relative);

    it(`refuses an invalid edit in every form of commit, state root ${where}`, (t) => {
      const temp = guarded(t, root);
      temp.write(file, invalid);
      for (const args of [['-a'], ['--only', '--', file], ['--', file], ['--amend', '-a']]) {
        const { code, said } = commit(temp, ...args);
        assert.equal(code, 1, args.join(' '));
        assert.match(said, new RegExp(`^${file}:\\d+:\\d+ {2}error`, 'm'));
        assert.match(said, /Commit refused: 2? ?.*Nothing was committed\.$/m);
      }
      temp.git('add', '.');
      assert.equal(commit(temp).code, 1);
      assert.equal(temp.git('rev-list', '--count', 'HEAD'), '1');
    });

    it(`lets a valid edit pass, state root ${where}`, (t) => {
      const temp = guarded(t, root);
      temp.write(file, networkText('bsctestnet', 97, { Vault: proxied('Vault', 2) }));
      assert.deepEqual(commit(temp, '-a'), { code: 0, said: '' });
    });
  }

  it('judges the index it was given, never the work tree', (t) => {
    const temp = guarded(t);
    temp.write(relative, invalid);
    temp.git('add', '.');
    temp.write(relative, valid);
    assert.equal(commit(temp).code, 1);
    temp.git('add', '.');
    temp.write('readme', 'two\n');
    temp.write(relative, invalid);
    assert.equal(commit(temp, '--', 'readme').code, 0);
  });

  it('judges state that the fast ways of the validator leave to its slow ones', (t) => {
    const temp = guarded(t);
    const listing = JSON.parse(valid) as { configuration: object };
    // Objects list such keys by number, canonical text by code unit: JSON.stringify cannot write it.
    listing.configuration = { endpoints: { '10': 'a', '9': 'b' } };
    const text = canonicalize(listing as unknown as Json);
    temp.write(relative, text);
    assert.deepEqual(commit(temp, '-a'), { code: 0, said: '' });
    temp.write(relative, text.replace(/( +)"10": "a",\n +"9": "b"/, '$1"9": "b",\n$1"10": "a"'));
    assert.match(commit(temp, '-a').said, /text-canonical/);
    temp.git('config', 'stateroot.command', `'${process.execPath}' --jitless '${program}'`);
    assert.match(commit(temp, '-a').said, /text-canonical/);
    temp.write(relative, networkText('bsctestnet', 97, { Vault: proxied('Vault', 2) }));
    assert.equal(commit(temp, '-a').code, 0);
  });

  it('does not have node read certificates for it', (t) => {
    const temp = guarded(t);
    temp.git('config', '--unset', 'stateroot.command');
    mkdirSync(temp.at('node_modules/.bin'), { recursive: true });
    symlinkSync(program, temp.at('node_modules/.bin/stateroot'));
    const env = { ...temp.env, NODE_EXTRA_CA_CERTS: temp.at('../nowhere.pem') };
    temp.write(relative, networkText('bsctestnet', 97, { Vault: proxied('Vault', 2) }));
    // Node warns of certificates that it cannot read.
    assert.deepEqual(commit({ ...temp, env }, '-a'), { code: 0, said: '' });
  });

  it('judges what git records where a replacement says otherwise', (t) => {
    const temp = guarded(t);
    temp.write(relative, invalid);
    temp.git('add', '.');
    temp.git('replace', temp.git('rev-parse', `:${relative}`), temp.git('rev-parse', `HEAD:${relative}`));
    assert.equal(commit(temp).code, 1);
    temp.git('replace', '--delete', temp.git('rev-parse', `:${relative}`));
    // HEAD in the clothes of what is staged: nothing would be changed.
    const dressed = temp.git('commit-tree', '-m', 'dressed', temp.git('write-tree'));
    temp.git('replace', temp.git('rev-parse', 'HEAD'), dressed);
    assert.equal(commit(temp, '--allow-empty').code, 1);
  });

  it('asks git again where it was not told all: a name in quotes, a git that fails', (t) => {
    const temp = guarded(t);
    temp.write('deployments/unified/a\tb.unified.json', valid);
    temp.write(relative, invalid);
    temp.git('add', '.');
    assert.match(commit(temp).said, /2 of 2 staged state files/);
    temp.git('rm', '--quiet', '--cached', 'deployments/unified/a\tb.unified.json');
    const git = spawnSync('sh', ['-c', 'command -v git'], { encoding: 'utf8', env: temp.env }).stdout.trim();
    for (const [what, refused] of [
      ['diff', 'printf ":100644 100644 "; exit 3'],
      ['cat-file', 'exit 3'],
    ] as const) {
      const first = temp.at('../first');
      writeFileSync(temp.at('../said'), '');
      const once = `[ "$word" = ${what} ] && [ ! -s '${temp.at('../said')}' ] && { echo x >'${temp.at('../said')}'; ${refused}; }`;
      mkdirSync(first, { recursive: true });
      const body = `for word; do ${once}; done\nexec '${git}' "$@"`;
      writeFileSync(join(first, 'git'), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
      const env = { ...temp.env, PATH: `${first}:${temp.env['PATH'] ?? ''}` };
      const child = spawnSync('sh', [script], { cwd: temp.path, env, encoding: 'utf8' });
      assert.equal(readFileSync(temp.at('../said'), 'utf8'), 'x\n', what);
      assert.equal(child.status, 1, what);
      assert.match(child.stderr, /1 of 1 staged state file/, what);
    }
  });

  it('judges where what it is given comes from a stream that does not wait', (t) => {
    const temp = guarded(t);
    temp.write(relative, invalid);
    temp.git('add', '.');
    // A node that looks at its input makes it non-blocking, for everybody who has the same.
    const ready = temp.at('../ready');
    const look = `process.stdin.isTTY; require("fs").writeFileSync("${ready}", ""); setTimeout(() => {}, 4000)`;
    const started = `node -e '${look}' <&3 & until [ -e '${ready}' ]; do sleep 0.05; done`;
    const judged = `node '${program}' hook pre-commit - <&3; code=$?; kill $!; exit $code`;
    const child = spawnSync('sh', ['-c', `sleep 3 | { exec 3<&0; ${started}; ${judged}; }`], {
      cwd: temp.path,
      env: temp.env,
      encoding: 'utf8',
    });
    assert.match(child.stderr, /1 of 1 staged state file/);
    assert.equal(child.status, 1);
  });

  for (const shell of ['dash', 'bash', 'zsh']) {
    it(`gives its verdict in ${shell}`, (t) => {
      const temp = guarded(t);
      const run = () => spawnSync(shell, [script], { cwd: temp.path, env: temp.env, encoding: 'utf8' });
      if (run().error !== undefined) {
        t.skip(`${shell} is not on PATH`);
        return;
      }
      temp.write(relative, networkText('bsctestnet', 97, { Vault: proxied('Vault', 2) }));
      temp.write('deployments/unified/bscmainnet.unified.json', networkText('bscmainnet', 56, {}));
      temp.git('add', '.');
      assert.deepEqual([run().status, run().stderr], [0, '']);
      temp.write('deployments/unified/bscmainnet.unified.json', valid);
      temp.git('add', '.');
      assert.equal(run().status, 1);
      assert.match(run().stderr, /1 of 2 staged state files/);
    });
  }

  it('gives its verdict in a shell that looks at every part of a pipeline', (t) => {
    const temp = guarded(t);
    impostor(temp.at('node_modules/.bin/stateroot'), 'one that reads nothing');
    // More paths than a pipe holds.
    for (let n = 0; n < 700; n += 1) temp.write(`deployments/unified/${'x'.repeat(60)}${n}.unified.json`, '');
    temp.git('add', '.');
    const run = (...args: string[]) => spawnSync('bash', [...args, script], { cwd: temp.path, env: temp.env });
    assert.equal(run('-o', 'pipefail').status, 0);
    temp.git('reset', '--quiet');
    rmSync(temp.at('node_modules'), { recursive: true });
    temp.write(relative, invalid);
    temp.git('add', relative);
    assert.equal(run('-eu', '-o', 'pipefail').status, 1);
  });

  it('refuses in a linked work tree', (t) => {
    const temp = guarded(t);
    temp.git('worktree', 'add', '--quiet', '-b', 'side', temp.at('../side'));
    const side = { ...temp, path: temp.at('../side') };
    writeFileSync(join(side.path, relative), invalid);
    assert.equal(commit(side, '-a').code, 1);
    assert.equal(commit(side, '--only', '--', relative).code, 1);
  });

  it('refuses a record that loses its checksum', (t) => {
    const temp = guarded(t);
    const contract = proxied('Vault', 2);
    temp.write(relative, networkText('bsctestnet', 97, { Vault: { ...contract, sealed: false } }));
    const { code, said } = commit(temp, '-a');
    assert.equal(code, 1);
    assert.match(said, /checksum-lost/);
  });

  it('lets state be deleted', (t) => {
    const temp = guarded(t);
    temp.git('rm', '--quiet', relative);
    assert.equal(commit(temp).code, 0);
  });

  it('does not ask stateroot about a commit that touches no state', (t) => {
    const temp = guarded(t);
    temp.git('config', 'stateroot.command', 'false');
    temp.write('readme', 'two\n');
    temp.write('src/deployments/notes.json', '{');
    temp.git('add', '.');
    assert.equal(commit(temp).code, 0);
  });

  it('looks at state also when pathspecs are taken literally', (t) => {
    const temp = guarded(t);
    temp.write(relative, invalid);
    const literal = { ...temp, env: { ...temp.env, GIT_LITERAL_PATHSPECS: '1' } };
    assert.equal(commit(literal, '-a').code, 1);
  });

  it('fails closed when git cannot compare the index', (t) => {
    const temp = pathWithoutNode(guarded(t));
    const real = spawnSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).stdout.trim();
    rmSync(temp.at('../bin/git'));
    const broken = `#!/bin/sh\ncase "$*" in *diff*) exit 128 ;; esac\nexec '${real}' "$@"\n`;
    writeFileSync(temp.at('../bin/git'), broken, { mode: 0o755 });
    temp.git('config', '--unset', 'stateroot.command');
    const child = spawnSync('sh', [script], { cwd: temp.path, env: temp.env, encoding: 'utf8' });
    assert.equal(child.status, 1);
  });

  it('refuses and names the way out when stateroot is nowhere', (t) => {
    const temp = pathWithoutNode(guarded(t));
    temp.git('config', '--unset', 'stateroot.command');
    temp.write(relative, networkText('bsctestnet', 97, { Vault: proxied('Vault', 2) }));
    const { code, said } = commit(temp, '-a');
    assert.equal(code, 1);
    assert.match(said, /npm ci/);
    assert.match(said, /Nothing was committed\./);
  });

  it('refuses when there is a stateroot but no node', (t) => {
    const temp = pathWithoutNode(guarded(t));
    impostor(temp.at('node_modules/.bin/stateroot'), 'local');
    temp.write(relative, networkText('bsctestnet', 97, { Vault: proxied('Vault', 2) }));
    const { code, said } = commit(temp, '-a');
    assert.equal(code, 1);
    assert.match(said, /node/);
    assert.doesNotMatch(said, /I am local/);
  });

  it('refuses when the recorded command cannot be started', (t) => {
    const temp = guarded(t);
    temp.git('config', 'stateroot.command', '/nowhere/stateroot');
    temp.write(relative, networkText('bsctestnet', 97, { Vault: proxied('Vault', 2) }));
    const { code, said } = commit(temp, '-a');
    assert.equal(code, 1);
    assert.match(said, /stateroot init/);
  });

  it('refuses when the validator breaks', (t) => {
    const temp = guarded(t);
    impostor(temp.at('../broken'), 'broken', 4);
    temp.git('config', 'stateroot.command', temp.at('../broken'));
    temp.write(relative, networkText('bsctestnet', 97, { Vault: proxied('Vault', 2) }));
    assert.equal(commit(temp, '-a').code, 1);
  });

  it('looks in node_modules from the state root upwards, then in the configuration, then on PATH', (t) => {
    const root = 'packages/contracts';
    const temp = guarded(t, root);
    const edit = (version: number) => {
      temp.write(under(root, relative), networkText('bsctestnet', 97, { Vault: proxied('Vault', version) }));
    };
    const program = 'node_modules/.bin/stateroot';
    impostor(temp.at('../elsewhere/stateroot'), 'on PATH');
    const env = { ...temp.env, PATH: `${temp.at('../elsewhere')}:${temp.env['PATH'] ?? ''}` };
    const here = { ...temp, env };
    temp.git('config', '--unset', 'stateroot.command');
    edit(2);
    assert.match(commit(here, '-a').said, /I am on PATH: hook pre-commit/);
    impostor(temp.at('../configured stateroot'), 'configured');
    temp.git('config', 'stateroot.command', `'${temp.at('../configured stateroot')}'`);
    edit(3);
    assert.match(commit(here, '-a').said, /I am configured: hook pre-commit/);
    impostor(temp.at(program), 'top');
    edit(4);
    assert.match(commit(here, '-a').said, /I am top/);
    impostor(temp.at('packages', program), 'packages');
    edit(5);
    assert.match(commit(here, '-a').said, /I am packages/);
    impostor(temp.at(root, program), 'root');
    edit(6);
    assert.match(commit(here, '-a').said, /I am root/);
  });

  it('goes on only while what stands above it succeeded', (t) => {
    const temp = guarded(t);
    const body = readFileSync(script, 'utf8').replace(/^#!.*\n/, '');
    temp.write('.git/hooks/pre-commit', `#!/bin/sh\nfalse\n${body}`);
    temp.write('readme', 'two\n');
    assert.equal(commit(temp, '-a').code, 1);
    temp.write('.git/hooks/pre-commit', `#!/bin/sh\n${body}echo after >&2\n`);
    assert.deepEqual(commit(temp, '-a'), { code: 0, said: 'after\n' });
    temp.write(relative, invalid);
    assert.equal(commit(temp, '-a').code, 1);
  });
});
