import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultConfig } from '../../../src/core/config/config.js';
import type { JsonObject } from '../../../src/core/json.js';
import type { LegacyRecord } from '../../../src/core/legacy/legacy-record.js';
import { nextAddress } from '../../../src/core/legacy/next-address.js';
import { address, codeHash } from '../../support/deployments.js';
import { fileWith, record } from '../../support/arbitrary-state.js';

const [old, other, third] = [address('old'), address('other'), address('third')];
const code = {
  implementationHash: codeHash(1),
  factoryByteCodeHash: codeHash(1),
  deploymentArgs: [1],
  timestamp: 2e12,
};
const rest = { artifact: 'x.sol:X', aliases: ['Y'], note: 'kept', firstDeployedAt: 1e12 };

describe('an address for a name', () => {
  it('makes a new record a plain contract, in the category of its name', () => {
    const made = nextAddress(fileWith(), undefined, entry('SwapModule', old), 'SwapModule', defaultConfig);
    assert.deepEqual(made, {
      record: {
        network: 'examplenet',
        chainId: 4242,
        category: 'protocol',
        name: 'SwapModule',
        fields: { implementation: old },
      },
      changed: true,
    });
  });

  it('stands under its short name with the full one in source.contractName', () => {
    const made = nextAddress(fileWith(), undefined, entry('x.sol:X', old), 'X', defaultConfig);
    assert.deepEqual('record' in made && made.record.fields, {
      implementation: old,
      source: { contractName: 'x.sol:X' },
    });
  });

  it('says nothing new when it is the proxy, the implementation or the plain contract that is there', () => {
    for (const [fields, said] of [
      [{ implementation: old, ...code, ...rest }, old],
      [{ proxy: old, implementation: other, ...code, ...rest }, old],
      [{ proxy: old, implementation: other, ...code, ...rest }, other],
      [{ proxy: old }, old],
    ] as const) {
      const { made, existing } = after(fields, said);
      assert.deepEqual(made, { record: existing, changed: false });
    }
  });

  it('replaces a plain contract, and what was known of its code goes', () => {
    const { made } = after({ implementation: old, ...code, ...rest }, other);
    assert.ok('record' in made);
    assert.deepEqual([made.record.fields, made.changed], [{ implementation: other, ...rest }, true]);
    assert.equal(made.ambiguous, undefined);
  });

  it('is the new proxy of a proxied record, whose code is unknown then, and that is reported', () => {
    for (const fields of [
      { proxy: old, implementation: other, ...code, ...rest },
      { proxy: old, ...rest },
    ]) {
      const { made } = after(fields, third);
      assert.ok('record' in made);
      assert.deepEqual([made.record.fields, made.changed], [{ proxy: third, ...rest }, true]);
      assert.deepEqual(made.ambiguous, { rule: 'proxy-replaced', path: '/X', kept: third, other: old });
    }
  });

  it('leaves the category of a record that is there', () => {
    const existing = record('SwapModule', { implementation: old }, { category: 'infrastructure' });
    const made = nextAddress(fileWith(existing), existing, entry('SwapModule', other), 'SwapModule', defaultConfig);
    assert.equal('record' in made && made.record.category, 'infrastructure');
  });
});

function after(fields: JsonObject, said: string) {
  const existing = record('X', fields);
  return { existing, made: nextAddress(fileWith(existing), existing, entry('X', said), 'X', defaultConfig) };
}

function entry(contractName: string, said: string): LegacyRecord {
  const source = { key: `/${contractName}`, raw: Buffer.from(JSON.stringify(said)), value: said };
  return { ...source, chainId: 4242, network: null, spelling: null, contractName, fields: { address: said } };
}
