import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { StateManagerError } from '../../../src/errors.js';
import type { ContractStore, Scope, StoreChange } from '../../../src/managers/contract-store.js';
import { delegating } from '../../../src/managers/each-call.js';
import { logged } from '../../../src/managers/layers/logged.js';
import { logTopics, type LogTopic } from '../../../src/managers/layers/log-topics.js';
import { refuses, sampleContract } from '../../support/contracts.js';
import { memoryContracts } from '../../support/memory-contracts.js';
import { watched } from '../../support/watched-store.js';

const scope: Scope = { chainId: 97, network: 'bsctestnet' };
const put: StoreChange = {
  kind: 'put',
  scope,
  contract: sampleContract('LookCoin', 97, { deploymentArgs: ['top-secret', 7n] }),
};

type Line = Readonly<Record<string, unknown>>;

function logging(topics: readonly LogTopic[], store: ContractStore, verbose = false) {
  const texts: string[] = [];
  const destination = { write: (text: string) => void texts.push(text) };
  const lines = () => texts.map((text) => JSON.parse(text) as Line);
  return { store: logged({ topics: new Set(topics), verbose, destination })(store), texts, lines };
}

function typed(type: string): ContractStore {
  return { ...delegating(memoryContracts()), type };
}

describe('a log', () => {
  it('has a line for each call: what, of what, when, how long, and what came of it', async () => {
    const { store: slow } = watched(memoryContracts(), () => setTimeout(5));
    const { store, lines } = logging(['state-manager'], slow);
    const begun = Date.now();
    await store.apply([put]);
    await store.read(scope, 'LookCoin');
    await store.list();
    await store.version();
    const times = lines().map(({ time }) => Date.parse(String(time)));
    assert.deepEqual(
      [begun, ...times, Date.now()],
      [begun, ...times, Date.now()].sort((a, b) => a - b),
    );
    assert.deepEqual(
      lines().map(({ operation, topic, store: type }) => [operation, topic, type]),
      [
        ['apply', 'state-manager', 'memory'],
        ['read', 'state-manager', 'memory'],
        ['list', 'state-manager', 'memory'],
      ],
    );
    const [apply, read, list] = lines();
    assert.deepEqual([apply?.['changes'], apply?.['changed']], [['put 97-LookCoin'], [true]]);
    assert.deepEqual([read?.['contractName'], read?.['chainId'], read?.['found']], ['LookCoin', 97, true]);
    assert.equal(list?.['count'], 1);
    for (const { ms } of lines()) assert.ok(typeof ms === 'number' && ms > 3, `${String(ms)} ms of a call that took 5`);
  });

  it('never shows what contracts hold, unless that is asked for', async () => {
    const quiet = logging(['state-manager'], memoryContracts());
    await quiet.store.apply([put]);
    await quiet.store.read(scope, 'LookCoin');
    assert.doesNotMatch(quiet.texts.join(), /top-secret/);
    const verbose = logging(['state-manager'], memoryContracts(), true);
    await verbose.store.apply([put]);
    assert.match(verbose.texts.join(), /top-secret/);
  });

  it('tells refusals from failures, with their codes', async () => {
    const codes = ['CONFLICT', 'FILE_FAILED'] as const;
    let calls = 0;
    const { store } = watched(memoryContracts(), () => {
      calls += 1;
      throw new StateManagerError(codes[calls - 1] ?? 'BUSY', 'no');
    });
    const log = logging(['state-manager'], store);
    await refuses(['CONFLICT'], log.store.list());
    await refuses(['FILE_FAILED'], log.store.list());
    assert.deepEqual(
      log.lines().map(({ level, code }) => [level, code]),
      [
        [40, 'CONFLICT'],
        [50, 'FILE_FAILED'],
      ],
    );
  });

  it('is ASCII, whatever a name holds', async () => {
    const { store, texts, lines } = logging(['state-manager'], memoryContracts());
    await store.read(scope, 'a\u001b[2J\u009b\u202eключ\n');
    assert.match(texts.join(''), /^[\x20-\x7e]+\n$/);
    assert.equal(lines()[0]?.['contractName'], 'a\u001b[2J\u009b\u202eключ\n');
  });

  it('does not refuse before the store what cannot be shown', async () => {
    const { store } = logging(['state-manager'], memoryContracts(), true);
    const bad: StoreChange = { ...put, contract: sampleContract('Bad', 97, { deploymentArgs: [() => 1] }) };
    await refuses(['BAD_INPUT'], store.apply([bad]));
  });

  const wanted: readonly (readonly [string, readonly LogTopic[], number])[] = [
    ['json', ['json'], 2],
    ['unified', ['json'], 2],
    ['leveldb', ['leveldb'], 2],
    ['dual-write', ['dual-write'], 2],
    ['dual-write', ['migration'], 2],
    ['leveldb', ['json', 'dual-write', 'migration'], 0],
    ['constructor', ['state-manager'], 2],
    ['leveldb', ['deployment'], 1],
  ];
  for (const [type, topics, expected] of wanted) {
    it(`of ${topics.join(', ')} has ${expected} of two calls of a ${type} store`, async () => {
      const { store, lines } = logging(topics, typed(type));
      await store.apply([put]);
      await store.list();
      assert.equal(lines().length, expected);
    });
  }

  it('that nobody asked for is not there', () => {
    const store = memoryContracts();
    assert.equal(logged({ env: {} })(store), store);
    assert.equal(logged({ topics: new Set(), verbose: false })(store), store);
  });

  it('goes to stderr, never to stdout', () => {
    const module = (path: string) => JSON.stringify(join(import.meta.dirname, '..', '..', '..', path));
    const script = `
      const { logged } = await import(${module('src/managers/layers/logged.js')});
      const { memoryContracts } = await import(${module('test/support/memory-contracts.js')});
      await logged({ env: { DEBUG: '*' } })(memoryContracts()).list();`;
    const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
    });
    assert.deepEqual([status, stdout], [0, '']);
    assert.equal((JSON.parse(stderr) as Line)['operation'], 'list');
  });
});

describe('the topics of an environment', () => {
  const all: LogTopic[] = ['state-manager', 'json', 'leveldb', 'dual-write', 'migration', 'deployment'];
  const cases: readonly (readonly [Record<string, string>, readonly LogTopic[], boolean])[] = [
    [{}, [], false],
    [{ DEBUG: '*' }, all, false],
    [{ DEBUG: 'express,stateroot:*' }, all, false],
    [{ DEBUG: 'express' }, [], false],
    [{ VERBOSE_LOGGING: 'true' }, all, true],
    [{ MIGRATION_DEBUG: 'true' }, ['migration'], false],
    [{ DEBUG_STATE_MANAGER: '1' }, ['state-manager'], false],
    [{ DEBUG_JSON_BACKEND: 'yes' }, ['json'], false],
    [{ DEBUG_LEVELDB_BACKEND: 'on' }, ['leveldb'], false],
    [{ DEBUG_DUAL_WRITE: 'TRUE' }, ['dual-write'], false],
    [{ DEBUG_DEPLOYMENT: 'true' }, ['deployment'], false],
    [{ DEBUG_DEPLOYMENT: 'false', DEBUG_DUAL_WRITE: '0', VERBOSE_LOGGING: '' }, [], false],
  ];
  for (const [environment, topics, verbose] of cases) {
    it(`${JSON.stringify(environment)}: ${topics.join(', ') || 'none'}`, () => {
      const request = logTopics(environment);
      assert.deepEqual([...request.topics], topics);
      assert.equal(request.verbose, verbose);
    });
  }
});
