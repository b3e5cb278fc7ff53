import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { codeVersions } from '../../../src/core/diff/versions.js';
import { parseNetworkFile } from '../../../src/core/model/network-file.js';
import { codeHash, type Contract, networkText, proxied } from '../../support/deployments.js';

function files(contracts: Readonly<Record<string, Contract>>) {
  return Object.entries(contracts).map(([network, contract], i) => {
    const parsed = parseNetworkFile(
      Buffer.from(networkText(network, i + 1, { Token: contract, Other: proxied('Other') })),
    );
    assert.ok(parsed.ok);
    return parsed.file;
  });
}

describe('the code of a contract on every network', () => {
  it('is grouped by hash, the commonest first', () => {
    const all = files({ d: proxied('T', 3), c: proxied('T', 1), b: proxied('T', 2), a: proxied('T', 1) });
    assert.deepEqual(codeVersions(all, 'Token'), [
      { hash: codeHash('T 1'), networks: ['a', 'c'] },
      ...[codeHash('T 2'), codeHash('T 3')]
        .sort()
        .map((hash) => ({ hash, networks: hash === codeHash('T 2') ? ['b'] : ['d'] })),
    ]);
  });

  it('has mainnets before other networks', () => {
    // The first two chain ids are 1, Ethereum, and 2.
    const [version] = codeVersions(files({ zeta: proxied('T'), alpha: proxied('T') }), 'Token');
    assert.deepEqual(version?.networks, ['zeta', 'alpha']);
  });

  it('takes a hash in upper case for the same', () => {
    const upper = proxied('T', 1, { implementationHash: `0x${codeHash('T 1').slice(2).toUpperCase()}` });
    assert.equal(codeVersions(files({ a: proxied('T', 1), b: upper }), 'Token').length, 1);
  });

  it('leaves out networks without the contract or without its hash', () => {
    const { implementationHash, ...rest } = proxied('T').fields;
    assert.ok(implementationHash !== undefined);
    assert.deepEqual(codeVersions(files({ a: { fields: rest } }), 'Token'), []);
    assert.deepEqual(codeVersions(files({ a: proxied('T') }), 'constructor'), []);
  });
});
