import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clutterReason } from '../../../../src/core/legacy/json/clutter.js';
import { formatOf } from '../../../../src/core/legacy/json/format-of.js';
import type { JsonObject } from '../../../../src/core/json.js';
import { address } from '../../../support/deployments.js';
import { configFile, enhancedFile, exportFile, stateFile, v1File, v2File } from '../../../support/older-files.js';

describe('the form of an older file', () => {
  const forms: readonly (readonly [string, JsonObject])[] = [
    ['v1', v1File()],
    ['v1', { network: 'bsctestnet', contracts: {} }],
    ['v1', v1File({ steps: [] })],
    ['config', configFile()],
    ['config', { chainId: 97, hyperlaneStatus: 'ready' }],
    ['enhanced', enhancedFile()],
    ['v2', v2File()],
    ['v2', { network: 'bsctestnet', contracts: { [address(1)]: {} } }],
    ['state', stateFile(v1File())],
    ['state', stateFile(null)],
    ['export', exportFile()],
    ['export', { contracts: { '97-Token': {} } }],
  ];

  it('is told by what stands in it', () => {
    for (const [form, root] of forms) assert.equal(formatOf(root), form, JSON.stringify(root).slice(0, 80));
  });

  it('is none of a 3.0 file, a manifest, a map of addresses or anything else', () => {
    const others: readonly JsonObject[] = [
      { schemaVersion: '3.0.0', network: 'bsctestnet', chainId: 97, contracts: {} },
      { schemaVersion: '4.0.0', network: 'bsctestnet', chainId: 97, contracts: {} },
      { manifestVersion: '3.2', proxies: [] },
      { Token: address(1) },
      { contracts: { Token: {} } },
      { network: 'bsctestnet', chainId: 97 },
      {},
    ];
    for (const root of others) assert.equal(typeof formatOf(root), 'object', JSON.stringify(root));
  });
});

describe('clutter', () => {
  it('is known by its name', () => {
    const clutter = [
      'bsctestnet.unified.json',
      'bsctestnet.unified.backup-1754.json',
      'bsctestnet.unified.json.backup-1754',
      'bsctestnet.unified.json.2025-08-13.backup',
      'BACKUP_MANIFEST.json',
      'test-deployment.json.json',
      'test-network.json',
    ];
    for (const name of clutter) assert.notEqual(clutterReason(name), null, name);
    const state = ['bsctestnet.json', 'config-bsctestnet.json', 'enhanced-bscmainnet.json', 'bsctestnet-latest.json'];
    for (const name of [...state, 'testnet.json']) assert.equal(clutterReason(name), null, name);
  });
});
