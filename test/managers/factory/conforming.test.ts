import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { StateManagerError } from '../../../src/errors.js';
import type { ContractStore } from '../../../src/managers/contract-store.js';
import { backendRegistry, type OpenBackend } from '../../../src/managers/factory/backend-registry.js';
import { conforming } from '../../../src/managers/factory/conforming.js';
import { refuses, sampleContract } from '../../support/contracts.js';
import { memoryContracts } from '../../support/memory-contracts.js';
import { contractStoreSuite } from '../contract-store-suite.js';
import { emptyPlace } from '../../support/memory-contracts.js';

const scope = { chainId: 97, network: 'bsctestnet' };
const context = { network: null, chainId: undefined, cwd: '/', options: undefined };

contractStoreSuite('a plug-in', async () => {
  const place = emptyPlace();
  const open = () => conforming('plug-in', memoryContracts(place));
  return Promise.resolve({ store: open(), reopen: () => Promise.resolve(open()) });
});

const use = {
  read: (store: ContractStore) => store.read(scope, 'A'),
  list: (store: ContractStore) => store.list(scope),
  chainOf: (store: ContractStore) => store.chainOf('bsctestnet'),
  apply: (store: ContractStore) => store.apply([{ kind: 'delete', scope, contractName: 'A' }]),
  inspect: (store: ContractStore) => store.inspect(),
  version: (store: ContractStore) => store.version(),
};

const [a, b] = [sampleContract('A', 97), sampleContract('B', 97)];

const wrong: readonly (readonly [keyof typeof use, string, unknown])[] = [
  ['read', 'nothing, which is not null', undefined],
  ['read', 'a text', 'A'],
  ['read', 'another contract', b],
  ['read', 'a contract of another chain', { ...a, chainId: 56 }],
  ['list', 'no list', null],
  ['list', 'a list out of order', [b, a]],
  ['list', 'the same twice', [a, a]],
  ['list', 'a list with other chains', [{ ...a, chainId: 56 }, a]],
  ['list', 'a contract without a name', [{ chainId: 97 }]],
  ['list', 'a contract without a chain', [{ contractName: 'A' }]],
  ['chainOf', 'a text', '97'],
  ['chainOf', 'no whole number', 0.5],
  ['apply', 'nothing', undefined],
  ['apply', 'fewer answers than changes', []],
  ['apply', 'no booleans', [1]],
  ['inspect', 'a text', 'fine'],
  ['inspect', 'problems without a severity', [{ key: 'a', message: 'b' }]],
  ['version', 'a number', 7],
];

describe('a plug-in that breaks the contract', () => {
  for (const [operation, what, answer] of wrong) {
    it(`is BACKEND_INVALID: ${operation} answers ${what}`, async () => {
      const store = conforming('odd', { ...memoryContracts(), [operation]: () => Promise.resolve(answer) });
      const error = await refuses(['BACKEND_INVALID'], use[operation](store));
      assert.equal(error.details['backend'], 'odd');
      assert.match(String(error.details['problem']), new RegExp(`^${operation} answered`));
    });
  }

  it('is BACKEND_INVALID where it throws what is no error', async () => {
    const thrown = (value: unknown) => ({
      ...memoryContracts(),
      read: () => {
        throw value;
      },
    });
    for (const value of ['no', undefined, { code: 1 }]) {
      await refuses(['BACKEND_INVALID'], conforming('odd', thrown(value)).read(scope, 'A'));
    }
    const unavailable = conforming('odd', thrown(new Error('disk full'))).read(scope, 'A');
    assert.match((await refuses(['BACKEND_UNAVAILABLE'], unavailable)).message, /disk full/);
    const own = new StateManagerError('CHAIN_AMBIGUOUS', 'two');
    await assert.rejects(conforming('odd', thrown(own)).read(scope, 'A'), own);
  });

  it('is BACKEND_INVALID at once where it lacks operations, a type, or itself', () => {
    const rest = { ...memoryContracts(), list: undefined, version: 'v1' };
    assert.throws(() => conforming('odd', rest), { code: 'BACKEND_INVALID', message: /list, version/ });
    assert.throws(() => conforming('odd', { ...memoryContracts(), type: 'My DB' }), { code: 'BACKEND_INVALID' });
    for (const nothing of [null, undefined, 'store']) {
      assert.throws(() => conforming('odd', nothing), { code: 'BACKEND_INVALID' });
    }
  });
});

describe('the registry of backends', () => {
  it('refuses names that are taken or no names, and what cannot open', () => {
    const registry = backendRegistry();
    registry.register('redis', () => memoryContracts());
    for (const name of ['redis', 'leveldb', 'auto', 'Redis', '', '__proto__', 'a b']) {
      assert.throws(
        () => {
          registry.register(name, () => memoryContracts());
        },
        { code: 'BACKEND_INVALID' },
      );
    }
    assert.throws(
      () => {
        registry.register('s3', 'open' as unknown as OpenBackend);
      },
      { code: 'BACKEND_INVALID' },
    );
    assert.deepEqual(registry.names(), ['redis']);
  });

  it('has what is above it, its own first', async () => {
    const above = backendRegistry();
    const below = backendRegistry(above);
    above.register('shared', () => memoryContracts());
    below.register('own', () => memoryContracts());
    assert.deepEqual(below.names(), ['own', 'shared']);
    assert.equal((await below.open('shared', context))?.type, 'memory');
    assert.equal(above.open('own', context), null);
  });

  it('says whose open failed', async () => {
    const registry = backendRegistry();
    registry.register('redis', () => {
      throw new Error('no server');
    });
    await refuses(['BACKEND_INVALID'], registry.open('redis', context) ?? Promise.resolve());
  });
});
