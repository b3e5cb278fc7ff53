import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseKey } from '../../../src/core/legacy/parse-key.js';

const address = '0x4d9F4B3cb406F74854625B45065023decD4B71E9';

describe('a key of an old database', () => {
  it('is split at its first dash, or names a network and an address', () => {
    assert.deepEqual(parseKey('97-LookCoin'), { form: 'chain', chainId: 97, contractName: 'LookCoin' });
    for (const contractName of ['With-Dash-Inside', 'contracts/x/A.sol:A', 'a:0x-b']) {
      assert.deepEqual(parseKey(`56-${contractName}`), { form: 'chain', chainId: 56, contractName });
    }
    assert.deepEqual(parseKey(`bsctestnet:${address}`), { form: 'network', network: 'bsctestnet', address });
    for (const none of ['LookCoin', '97-', '0-LookCoin', address, 'bsctestnet:LookCoin']) {
      assert.ok('reason' in parseKey(none), none);
    }
  });
});
