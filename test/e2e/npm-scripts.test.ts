import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, renameSync, symlinkSync } from 'node:fs';
import { describe, it } from 'node:test';
import { npmScriptNames } from '../../src/commands/setup/npm-scripts.js';
import { findVerb } from '../../src/cli/program.js';
import { type Answer, program, statejson, stateroot } from '../support/command-line.js';
import { networkText, proxied } from '../support/deployments.js';
import { contractValue, entriesOf, makeStore } from '../support/leveldb-store.js';
import { slowTemplate, type TempRepository } from '../support/temp-repository.js';

const manifest = `{
  "name": "contracts",
  "private": true,
  "scripts": {
    "test": "true"
  }
}
`;

/** A project as after `npm install --save-dev stateroot`, with a LevelDB and one network in Git. */
async function prepareProject(temp: TempRepository): Promise<void> {
  temp.write('package.json', manifest);
  temp.write('.gitignore', 'node_modules/\nleveldb/\nleveldb.restored/\nbackups/\nrestored/\n');
  temp.write('deployments/unified/bsctestnet.unified.json', networkText('bsctestnet', 97, { Vault: proxied('Vault') }));
  temp.commitAll('state');
  await makeStore(temp.at('leveldb'), entriesOf({ '97-LookCoin': contractValue('LookCoin', 97) }));
  mkdirSync(temp.at('node_modules', '.bin'), { recursive: true });
  chmodSync(program, 0o755);
  symlinkSync(program, temp.at('node_modules', '.bin', 'stateroot'));
}

const project = slowTemplate(prepareProject);
const installed = slowTemplate(async (temp) => {
  await prepareProject(temp);
  const { code, stdout } = stateroot(temp, ['init', '--npm-scripts']);
  assert.equal(code, 0, stdout);
  temp.commitAll('Set up stateroot');
});

function npm(temp: TempRepository, ...args: string[]): Answer {
  const child = spawnSync('npm', ['run', '--silent', ...args], {
    cwd: temp.path,
    env: { ...temp.env, npm_config_update_notifier: 'false', npm_config_cache: temp.at('../home/npm') },
    encoding: 'utf8',
  });
  return { code: child.status, stdout: child.stdout, stderr: child.stderr };
}

describe('init --npm-scripts', () => {
  it('adds them, says so once, and takes them out again byte for byte', async (t) => {
    const temp = await project(t);
    const first = stateroot(temp, ['init', '--npm-scripts']);
    assert.match(first.stdout, /package\.json/);
    assert.match(first.stderr, /git add .*package\.json/);
    assert.match(stateroot(temp, ['init']).stdout, /^Nothing to do/);
    assert.match(stateroot(temp, ['init', '--npm-scripts']).stdout, /^Nothing to do/);
    assert.equal(stateroot(temp, ['init', '--remove']).code, 0);
    assert.equal(readFileSync(temp.at('package.json'), 'utf8'), manifest);
  });

  it('is not part of init unless it is asked for', async (t) => {
    const temp = await project(t);
    assert.equal(stateroot(temp, ['init']).code, 0);
    assert.equal(readFileSync(temp.at('package.json'), 'utf8'), manifest);
  });

  it('changes nothing under --dry-run, and ends with 1 where there is nothing to add to', async (t) => {
    const temp = await project(t);
    assert.equal(stateroot(temp, ['init', '--npm-scripts', '--dry-run']).code, 0);
    assert.equal(readFileSync(temp.at('package.json'), 'utf8'), manifest);
    temp.write('package.json', '{"scripts": {}}');
    assert.equal(stateroot(temp, ['init', '--npm-scripts']).code, 1);
    renameSync(temp.at('package.json'), temp.at('other.json'));
    assert.equal(stateroot(temp, ['init', '--npm-scripts']).code, 1);
  });
});

describe('npm run', () => {
  const cases: Readonly<Record<(typeof npmScriptNames)[number], (temp: TempRepository) => readonly string[]>> = {
    'state:validate': () => [],
    'state:migrate': () => [],
    'state:backup': () => [],
    'state:restore': (temp) => {
      const { folder } = statejson(temp, ['backup', 'create']).data as { folder: string };
      return ['--backup', folder, '--into', 'restored'];
    },
    'migration:export': () => [],
    'migration:sync': () => [],
    'migration:validate': migrated,
    'migration:consolidate': () => [],
    'migration:rollback': migrated,
    'emergency:rollback-to-leveldb': migrated,
  };

  for (const name of npmScriptNames) {
    it(`${name} really runs, and hands flags on`, async (t) => {
      if (findVerb('migrate') === undefined && isOfMigrate(name)) {
        t.skip('there is no migrate yet');
        return;
      }
      const temp = await installed(t);
      const answer = npm(temp, name, '--', ...cases[name](temp), '--json');
      assert.match(answer.stderr, /^→ stateroot /);
      assert.deepEqual([answer.code, (JSON.parse(answer.stdout) as { ok: boolean }).ok], [0, true], answer.stdout);
    });
  }

  it('takes the exit code along', async (t) => {
    const temp = await installed(t);
    temp.write('deployments/unified/bsctestnet.unified.json', '{');
    assert.equal(npm(temp, 'state:validate').code, 1);
  });
});

/** All five phases are over. */
function migrated(temp: TempRepository): readonly string[] {
  const { code, stderr } = stateroot(temp, ['migrate', 'run', '--cutover']);
  assert.equal(code, 0, stderr);
  return [];
}

function isOfMigrate(name: string): boolean {
  return /migrate|rollback|consolidate|migration:validate/.test(name);
}
