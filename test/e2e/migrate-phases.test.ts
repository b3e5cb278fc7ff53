import assert from 'node:assert/strict';
import { renameSync } from 'node:fs';
import { describe, it, type TestContext } from 'node:test';
import { sampleEntries } from '../../src/core/sample/entries.js';
import { statejson, stateroot } from '../support/command-line.js';
import { contractValue, entriesOf, makeStore } from '../support/leveldb-store.js';
import { tempRepository, type TempRepository } from '../support/temp-repository.js';

type Phase = { readonly name: string; readonly status: string; readonly durationMs: number; readonly endedAt?: string };
type Note = { readonly phases: readonly Phase[]; readonly scripts: string; readonly outcome: string };

const names = ['preconditions', 'dual-write', 'bulk', 'consistency', 'cutover'];

describe('the phases of a migration', () => {
  it('are planned with what they do, how long that takes and how risky it is, and nothing is written', async (t) => {
    const temp = await withStore(t);
    const refs = temp.git('for-each-ref');
    const { stdout } = stateroot(temp, ['migrate', 'plan']);
    assert.match(stdout, /12 records on 2 networks, 12 new or changed/);
    for (const [at, risk] of ['low', 'medium', 'high', 'medium', 'high'].entries()) {
      assert.match(stdout, new RegExp(`^ +${at + 1} +${names[at] ?? ''} +${risk} risk +\\d(?:-\\d)? hours? +\\S`, 'm'));
    }
    const { data } = statejson(temp, ['migrate', 'plan']);
    const { records, quarantined } = data as { records: number; quarantined: { key: string }[] };
    assert.deepEqual([records, quarantined.map(({ key }) => key)], [12, ['31337-Broken']]);
    assert.equal(temp.git('for-each-ref'), refs);
  });

  it('begin with nothing where state is edited and not committed', async (t) => {
    const temp = await withStore(t);
    temp.write('deployments/quarantine/unknown.json', '{}\n');
    const { code, error } = statejson(temp, ['migrate', 'run']);
    assert.deepEqual([code, error?.code], [3, 'UNCOMMITTED_EDITS']);
    assert.equal(temp.git('for-each-ref', 'refs/heads/state/'), '');
  });

  it('are gone through one after the other, each a commit on the branch, with its times', async (t) => {
    const temp = await withStore(t);
    migrate(temp, 'run', '--cutover', '--batch-size', '4');
    const phases = temp
      .git('log', '--reverse', '--format=%(trailers:key=State-Phase,valueonly,separator=%x20)', branchOf(temp))
      .split('\n')
      .filter((line) => line !== '');
    assert.deepEqual([...new Set(phases)], names);
    assert.ok(phases.filter((name) => name === 'bulk').length > 4, 'a batch is a commit');
    const note = noteOf(temp);
    assert.deepEqual(
      note.phases.map(({ name, status }) => `${name} ${status}`),
      names.map((name) => `${name} done`),
    );
    for (const { durationMs, endedAt = '' } of note.phases) {
      assert.ok(durationMs >= 0 && Number.isFinite(Date.parse(endedAt)));
    }
    assert.equal(statejson(temp, ['validate']).code, 0);
    const list = statejson(temp, ['list']).data as unknown[];
    assert.equal(list.length, 12);
  });

  it('end with the report that the documents ask for, of figures that were counted', async (t) => {
    const temp = await withStore(t);
    const stdout = migrate(temp, 'run', '--cutover');
    for (const part of [
      'Executive Summary',
      'Phase Completion Summary',
      'Technical Metrics',
      'Issues Encountered',
      'Recommendations',
    ])
      assert.ok(stdout.includes(`## ${part}`), part);
    for (const line of [
      'Migration Status: SUCCESS',
      'Contracts Migrated: 12/12',
      'Networks Validated: 2/2',
      'Data Integrity: 100% (12 of 12 records equal, field by field)',
      'Error Rate: 7.69% (1 of 13 entries cannot be state)',
    ])
      assert.ok(stdout.includes(`- ${line}`), `${line} is not in\n${stdout}`);
  });

  it('go on after they were stopped, and bring in what was written since', async (t) => {
    const temp = await withStore(t);
    migrate(temp, 'run', '--until', 'bulk');
    assert.deepEqual([noteOf(temp).outcome, temp.git('rev-list', '--count', 'HEAD')], ['stopped', '1']);
    await makeStore(temp.at('later'), [...entries(), ...entriesOf({ '97-Later': contractValue('Later', 97) })]);
    renameSync(temp.at('leveldb'), temp.at('earlier'));
    renameSync(temp.at('later'), temp.at('leveldb'));
    migrate(temp, 'resume', '--cutover');
    assert.equal(noteOf(temp).outcome, 'merged');
    assert.equal(statejson(temp, ['get', 'bsctestnet', 'Later']).code, 0);
  });

  it('switch the deploy scripts of the clone to both backends, and to Git with the cutover', async (t) => {
    const temp = await withStore(t);
    stateroot(temp, ['migrate', 'run', '--until', 'dual-write', '--no-backup']);
    assert.equal(noteOf(temp).scripts, 'dual-write');
    stateroot(temp, ['migrate', 'resume', '--cutover']);
    assert.equal(noteOf(temp).scripts, 'git');
  });
});

function entries() {
  const own = sampleEntries().filter(({ key }) => /^(?:97|84532)-/.test(key));
  const real = Object.fromEntries(own.map(({ key, value }) => [key, value]));
  return entriesOf({ ...real, '31337-Broken': { contractName: 'Broken', chainId: 31337, address: '0xabc' } });
}

/** A committed repository with a LevelDB of 12 records and one entry that is none. */
async function withStore(t: TestContext): Promise<TempRepository> {
  const temp = tempRepository(t);
  await makeStore(temp.at('leveldb'), entries());
  temp.write('.gitignore', 'leveldb/\nearlier/\nlater/\n');
  temp.commitAll('Begin');
  return temp;
}

/** Without what other tests are about; answers stdout. */
function migrate(temp: TempRepository, action: string, ...args: string[]): string {
  const { code, stdout, stderr } = stateroot(temp, [
    'migrate',
    action,
    ...args,
    ...(action === 'run' ? ['--no-backup', '--no-dual-write'] : []),
  ]);
  assert.equal(code, 0, stderr);
  return stdout;
}

function noteOf(temp: TempRepository): Note {
  const { note } = statejson(temp, ['migrate', 'status']).data as { note: Note };
  return note;
}

function branchOf(temp: TempRepository): string {
  return temp.git('for-each-ref', '--format=%(refname)', 'refs/heads/state/');
}
