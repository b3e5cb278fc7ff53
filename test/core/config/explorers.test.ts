import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { knownChains } from '../../../src/core/config/chains.js';
import { explorerPage, explorers } from '../../../src/core/config/explorers.js';

const address = `0x${'aB'.repeat(20)}`;

describe('explorers', () => {
  it('are https pages of known chains, and can stand in a link as they are', () => {
    const known = new Set(knownChains.map(({ chainId }) => chainId));
    for (const [chainId, url] of explorers) {
      assert.ok(known.has(chainId), `${chainId}`);
      assert.match(url, /^https:\/\/[a-z0-9.-]+(?:\/[a-z]+)*$/);
    }
    assert.equal(new Set(explorers.values()).size, explorers.size);
  });

  it('have a page for an address, and for nothing else', () => {
    assert.equal(explorerPage(97, address), `https://testnet.bscscan.com/address/${address}`);
    assert.equal(explorerPage(97, `${address})`), null);
    assert.equal(explorerPage(31337, address), null);
  });
});
