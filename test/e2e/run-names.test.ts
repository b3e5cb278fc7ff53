import assert from 'node:assert/strict';
import { readdirSync, readFileSync, renameSync } from 'node:fs';
import { describe, it } from 'node:test';
import { documentedCommands } from '../../src/cli/documented/all-commands.js';
import { stepsOf } from '../../src/cli/documented/steps-of.js';
import { findVerb } from '../../src/cli/program.js';
import { statejson, stateroot } from '../support/command-line.js';
import { address, networkText, proxied } from '../support/deployments.js';
import { contractValue, entriesOf, makeStore } from '../support/leveldb-store.js';
import { neededWords, pendingVerbs } from '../support/pending-verbs.js';
import { template, tempRepository } from '../support/temp-repository.js';

const file = 'deployments/unified/bsctestnet.unified.json';

const withState = template((temp) => {
  temp.write('.gitignore', 'leveldb/\nbackups/\nrestored/\n');
  temp.write(file, networkText('bsctestnet', 97, { LookCoin: proxied('LookCoin') }));
  temp.write(file.replace('bsctestnet', 'bscmainnet'), networkText('bscmainnet', 56, { LookCoin: proxied('Coin') }));
  temp.commitAll('state');
});

describe('run', () => {
  it('says on stderr which command it is, and is that command', (t) => {
    const temp = withState(t);
    const named = stateroot(temp, ['run', 'inspect:internal-structures']);
    const itself = stateroot(temp, ['list']);
    assert.deepEqual([named.code, named.stdout], [0, itself.stdout]);
    assert.equal(named.stderr.split('\n')[0], '→ stateroot list');
    assert.deepEqual(statejson(temp, ['run', 'inspect:internal-structures']), statejson(temp, ['list']));
  });

  it('ends as the command ends', (t) => {
    const temp = withState(t);
    temp.write(file, '{');
    const answer = statejson(temp, ['run', 'state:validate']);
    assert.deepEqual([answer.code, answer.ok, answer.findings.length > 0], [1, false, true]);
    assert.equal(stateroot(temp, ['run', 'trace:data-flow', '--network', 'bsctestnet', '--contract', 'No']).code, 1);
    assert.equal(stateroot(temp, ['run', 'state:validate', '--at', 'nowhere']).code, 2);
  });

  it('takes global flags before the name and behind it, also as npm hands them on', (t) => {
    const temp = withState(t);
    for (const args of [
      ['--json', 'run', 'state:validate'],
      ['run', 'state:validate', '--json'],
      ['run', 'state:validate', '--', '--json'],
    ]) {
      assert.equal((JSON.parse(stateroot(temp, args).stdout) as { ok: boolean }).ok, true, args.join(' '));
    }
    assert.equal(stateroot(temp, ['-q', 'run', 'state:validate']).stderr, '');
    assert.equal(stateroot(temp, ['run', '-C', temp.path, 'state:validate'], { folder: '..' }).code, 0);
  });

  it('of several commands stops at the first that fails', (t) => {
    const temp = withState(t);
    temp.write(file, '{');
    const { code, stderr } = stateroot(temp, ['run', 'maintenance:weekly']);
    assert.equal(code, 1);
    assert.deepEqual(
      stderr.split('\n').filter((line) => line.startsWith('→')),
      ['→ stateroot validate'],
    );
  });

  it('of a week judges, of a month also makes a backup that holds, of a quarter also measures', (t) => {
    const temp = withState(t);
    assert.equal(stateroot(temp, ['init']).code, 0);
    const judged = ['stateroot validate', 'stateroot check', 'stateroot doctor'];
    const done = stateroot(temp, ['run', 'maintenance:monthly']);
    assert.equal(done.code, 0, done.stderr);
    assert.deepEqual(stepsIn(done.stderr), [...judged, 'stateroot backup create']);
    const backup = readdirSync(temp.at('backups')).find((name) => !name.startsWith('.')) ?? '';
    assert.equal(stateroot(temp, ['backup', 'verify', `backups/${backup}`]).code, 0);
    const quarter = documentedCommands.get('maintenance:quarterly');
    assert.ok(quarter !== undefined && 'runs' in quarter);
    assert.deepEqual(
      quarter.runs.map((run) => `stateroot ${run}`),
      [...judged, 'stateroot backup create', 'stateroot bench full'],
    );
    // What a week asks for finds what a person broke.
    const text = readFileSync(temp.at(file), 'utf8');
    temp.write(file, text.replace(address('LookCoin proxy'), address('another')));
    const broken = stateroot(temp, ['run', 'maintenance:weekly']);
    assert.deepEqual([broken.code, stepsIn(broken.stderr)], [1, judged.slice(0, 1)]);
  });

  it('of several commands prints one JSON document', (t) => {
    const temp = withState(t);
    assert.equal(stateroot(temp, ['init']).code, 0);
    const done = statejson(temp, ['run', 'maintenance:weekly']);
    const { name, steps } = done.data as { name: string; steps: { command: string; exit: number }[] };
    assert.deepEqual([done.code, done.ok, name], [0, true, 'maintenance:weekly']);
    assert.deepEqual(
      steps.map(({ command, exit }) => `${exit} ${command}`),
      ['0 stateroot validate --json', '0 stateroot check --json', '0 stateroot doctor --json'],
    );
    temp.write(file, '{');
    const refused = statejson(temp, ['run', 'maintenance:weekly']);
    assert.deepEqual([refused.code, refused.ok, refused.findings.length > 0], [1, false, true]);
  });

  it('of several commands begins none when one of them does not understand a flag', (t) => {
    const temp = withState(t);
    const { code, stdout, stderr } = stateroot(temp, ['run', 'maintenance:weekly', '--staged']);
    assert.deepEqual([code, stdout], [2, '']);
    assert.doesNotMatch(stderr, /→/);
  });

  it('of a name that does not apply ends with 1 and says what to do', (t) => {
    const temp = withState(t);
    const refused = statejson(temp, ['run', 'stop:migration-graceful']);
    assert.deepEqual([refused.code, refused.ok, refused.error?.code], [1, false, 'NOT_APPLICABLE']);
    assert.notEqual(refused.error?.hint ?? '', '');
    assert.equal(stateroot(temp, ['run', 'compile', '--', '--force']).code, 1);
  });

  it('of what is so already ends with 0, and takes no flags of its own', (t) => {
    const temp = withState(t);
    const said = statejson(temp, ['run', 'implement:atomic-json-writes']);
    assert.deepEqual([said.code, Object.keys(said.data)], [0, ['name', 'already']]);
    assert.equal(statejson(temp, ['run', 'implement:atomic-json-writes', '--now']).error?.code, 'BAD_USAGE');
  });

  it('of no name, or one that is in no document, ends with 2 and names near ones', (t) => {
    const temp = withState(t);
    const unknown = statejson(temp, ['run', 'benchmrk:quick']);
    assert.deepEqual([unknown.code, unknown.error?.code], [2, 'BAD_USAGE']);
    assert.deepEqual((unknown.error?.details as { near?: unknown }).near, ['benchmark:quick']);
    for (const args of [['run'], ['run', '--list', 'state:validate'], ['run', 'constructor'], ['run', '__proto__']]) {
      assert.equal(statejson(temp, args).error?.code, 'BAD_USAGE', args.join(' '));
    }
  });

  it('lists every name with what it does', (t) => {
    const temp = tempRepository(t);
    const listed = statejson(temp, ['run', '--list']).data as { name: string }[];
    assert.deepEqual(
      listed.map(({ name }) => name),
      [...documentedCommands.keys()],
    );
    const lines = stateroot(temp, ['run', '--list']).stdout.trimEnd().split('\n');
    assert.equal(lines.length, documentedCommands.size);
    assert.ok(lines.includes('state:validate\tstateroot validate'));
  });
});

/** Their answer depends on a migration, a baseline or the machine, none of which is made here. */
const mayAnswerNo: ReadonlySet<string> = new Set(['migrate', 'bench', 'health', 'diagnostics']);

/** Suites of `bench` that measure for a while; its own tests run them. */
function takesMinutes([verb, suite]: readonly string[]): boolean {
  return verb === 'bench' && suite !== 'quick' && suite !== 'validate';
}

/** Of what `bench quick` measures, one backend: its own tests measure them all. */
function smaller([verb, suite]: readonly string[]): readonly string[] {
  return verb === 'bench' && suite === 'quick' ? ['--backend', 'json', '--records', '50'] : [];
}

describe('every command line that a name stands for', () => {
  const lines = new Map(
    [...documentedCommands].flatMap(([name, answer]) =>
      'runs' in answer
        ? stepsOf(name, answer.runs, neededWords.get(name) ?? []).map((line) => [line.join('\n'), line])
        : [],
    ),
  );
  for (const line of lines.values()) {
    const verb = findVerb(line[0] ?? '');
    if (verb === undefined || takesMinutes(line)) continue;
    it(`runs on generated data: ${line.join(' ')}`, async (t) => {
      const temp = withState(t);
      await makeStore(temp.at('leveldb'), entriesOf({ '97-LookCoin': contractValue('LookCoin', 97) }));
      temp.write(
        'changes.json',
        JSON.stringify([{ network: 'bsctestnet', contractName: 'New', address: address('n') }]),
      );
      const plain = { LookCoin: { proxy: address('LookCoin proxy'), implementation: address('LookCoin 1') } };
      temp.write(
        'deployments/bsctestnet.json',
        JSON.stringify({ network: 'bsctestnet', chainId: 97, contracts: plain }),
      );
      if (line.includes('backups/one')) {
        const { folder } = statejson(temp, ['backup', 'create']).data as { folder: string };
        renameSync(folder, temp.at('backups/one'));
      }
      if (line[0] === 'doctor') stateroot(temp, ['init']);
      const answer = statejson(temp, [...line, ...smaller(line)]);
      const documented = [...verb.exits.matchAll(/(?:^| )(\d) /g)].map(([, digit]) => Number(digit));
      assert.ok(documented.includes(answer.code ?? -1), JSON.stringify(answer));
      if (!mayAnswerNo.has(verb.name)) assert.equal(answer.code, 0, JSON.stringify(answer));
      assert.notEqual(answer.error?.code, 'BAD_USAGE', JSON.stringify(answer));
    });
  }

  it('is of a verb that is there, or waited for', () => {
    const unknown = [...lines.values()].filter(
      ([verb = '']) => findVerb(verb) === undefined && !pendingVerbs.includes(verb),
    );
    assert.deepEqual(unknown, []);
  });
});

function stepsIn(stderr: string): string[] {
  return stderr.split('\n').flatMap((line) => (line.startsWith('→ ') ? [line.slice(2)] : []));
}
