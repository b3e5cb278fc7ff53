import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { sampleEntries } from '../../src/core/sample/entries.js';
import { statejson, stateroot } from '../support/command-line.js';
import { entriesOf, fingerprint, holdOpen, makeStore } from '../support/leveldb-store.js';
import { slowTemplate, type TempRepository, tempRepository } from '../support/temp-repository.js';
import { sharedData } from '../support/shared-data.js';

type Check = { part: string; check: string; severity: string; message: string; fix?: string };

function health(temp: TempRepository, ...args: string[]) {
  const { code, data, findings } = statejson(temp, ['health', ...args]);
  const { checks, healthy } = data as { checks: Check[]; healthy: boolean };
  return { code, findings, checks, healthy, of: (name: string) => checks.filter(({ check }) => check === name) };
}

/** A repository after `init` and an import of the sample database, which stays where it was. */
const imported = slowTemplate(async (temp) => {
  temp.write('.gitignore', 'leveldb/\n');
  await makeStore(
    temp.at('leveldb'),
    entriesOf(Object.fromEntries(sampleEntries().map(({ key, value }) => [key, value]))),
  );
  stateroot(temp, ['init']);
  temp.commitAll('Set up');
  assert.equal(stateroot(temp, ['import', 'leveldb', 'leveldb', '--here']).code, 0);
});

describe('health', () => {
  it('looks at every part, changes nothing, and finds an imported database well', async (t) => {
    const temp = await imported(t);
    const before = [fingerprint(temp.at('leveldb')), temp.git('status', '--porcelain'), temp.git('rev-parse', 'HEAD')];
    const { code, checks, healthy, of } = health(temp);
    assert.deepEqual([code, healthy], [0, true], JSON.stringify(checks));
    assert.deepEqual(
      [...new Set(checks.map(({ part }) => part))],
      ['system', 'backends', 'data', 'performance', 'migration'],
    );
    assert.match(of('leveldb')[0]?.message ?? '', /26 entries/);
    assert.match(of('unified')[0]?.message ?? '', /26 records/);
    assert.match(of('comparison')[0]?.message ?? '', /26 contracts alike/);
    assert.equal(of('comparison')[0]?.severity, 'ok');
    assert.equal(of('performance').filter(({ severity }) => severity === 'ok').length, 2);
    const after = [fingerprint(temp.at('leveldb')), temp.git('status', '--porcelain'), temp.git('rev-parse', 'HEAD')];
    assert.deepEqual(after, before);
  });

  it('looks at one part alone', async (t) => {
    const temp = await imported(t);
    for (const part of ['system', 'backends', 'data', 'performance', 'migration']) {
      const { checks } = health(temp, '--only', part);
      assert.deepEqual([...new Set(checks.map((check) => check.part))], [part]);
    }
    assert.equal(stateroot(temp, ['health', '--only', 'weather']).code, 2);
  });

  it('is an error for one changed byte of the database, with a way out', async (t) => {
    const temp = await imported(t);
    cpSync(temp.at('leveldb'), temp.at('damaged'), { recursive: true });
    const log = readFileSync(temp.at('damaged', '000003.log'));
    log.writeUInt8(log.readUInt8(40) ^ 1, 40);
    writeFileSync(temp.at('damaged', '000003.log'), log);
    const { code, of } = health(temp, '--only', 'backends', '--leveldb', 'damaged');
    assert.equal(code, 1);
    assert.equal(of('leveldb')[0]?.severity, 'error');
    assert.notEqual(of('leveldb')[0]?.fix, undefined);
    assert.equal(health(temp, '--only', 'backends', '--leveldb', 'nowhere').code, 1);
  });

  it('is a warning only while a script has the database open', async (t) => {
    const temp = await imported(t);
    await holdOpen(t, temp.at('leveldb'));
    const { code, of } = health(temp);
    assert.equal(code, 0);
    assert.equal(of('leveldb')[0]?.severity, 'warning');
  });

  it('is an error for a plain JSON file or a network file that cannot be read', async (t) => {
    const temp = await imported(t);
    temp.write('deployments/bscmainnet.json', '{ "network"');
    temp.write('deployments/unified/basesepolia.unified.json', '{');
    const { code, of, findings } = health(temp);
    assert.equal(code, 1);
    assert.equal(of('json')[0]?.severity, 'error');
    assert.deepEqual(
      of('unified').map(({ severity }) => severity),
      ['ok', 'error'],
    );
    assert.equal(of('files')[0]?.severity, 'error');
    assert.ok(findings.some(({ rule }) => rule === 'json-syntax'));
  });

  it('names what only the database has, and what differs', async (t) => {
    const temp = await imported(t);
    stateroot(temp, ['delete', 'bscmainnet', 'LookCoin']);
    stateroot(temp, ['put', 'bsctestnet', 'LookCoin', '--set', 'timestamp=1754079530057']);
    const [found] = health(temp, '--only', 'data').of('comparison');
    assert.equal(found?.severity, 'warning');
    assert.match(found.message, /24 contracts alike, 1 different, 1 in the LevelDB only/);
  });

  it('of the real database: every CRC holds, 23 contracts alike, 3 with recovered arguments, 2 in quarantine', (t) => {
    const store = sharedData('lookcoin', 'leveldb');
    if (store === null) {
      t.skip('the shared data is not here');
      return;
    }
    const temp = tempRepository(t);
    stateroot(temp, ['init']);
    temp.commitAll('Set up');
    stateroot(temp, ['import', 'leveldb', store, '--here']);
    const { code, of } = health(temp, '--leveldb', store);
    assert.equal(code, 0);
    assert.deepEqual(
      of('leveldb').map(({ severity }) => severity),
      ['ok', 'warning'],
    );
    assert.match(
      of('comparison')[0]?.message ?? '',
      /23 contracts alike, 3 with more in the state, 2 in the LevelDB only/,
    );
  });

  it('tells people one line for each check, and what fixes it', async (t) => {
    const temp = await imported(t);
    temp.write('.git/hooks/pre-commit', '#!/bin/sh\n');
    const { code, stdout, stderr } = stateroot(temp, ['health']);
    assert.equal(code, 1);
    assert.match(stdout, /^system\n/);
    assert.match(stdout, /\n {2}fix: stateroot init\n/);
    assert.match(stderr, /Not healthy: 1 error/);
  });
});
