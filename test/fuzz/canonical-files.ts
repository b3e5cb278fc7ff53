import { Buffer } from 'node:buffer';
import type { JsonObject } from '../../src/core/json.js';
import { sampleFiles } from '../../src/core/sample/files.js';
import { sealFile } from '../../src/core/model/seal.js';
import { canonicalize } from '../../src/core/text/canonical.js';
import { address, codeHash, networkText, proxied } from '../support/deployments.js';

/** Valid network files to start from, small ones first; every kind of value that the format knows stands in one of them. */
export function canonicalFiles(): { readonly path: string; readonly bytes: Buffer }[] {
  const small = [
    networkText('smallnet', 4242, { Token: { fields: { implementation: address('Token') } } }),
    networkText('proxynet', 4243, {
      Token: proxied('Token'),
      'Vault#usdc': { ...proxied('Vault', 2), category: 'protocol' },
    }),
    canonicalize(sealFile(everyKind()).root),
  ];
  const files = small.map((text): [string, string] => [`deployments/unified/${networkOf(text)}.unified.json`, text]);
  return [...files, ...sampleFiles()].map(([path, text]) => ({ path, bytes: Buffer.from(text) }));
}

function networkOf(text: string): string {
  return (JSON.parse(text) as { network: string }).network;
}

function everyKind(): JsonObject {
  return {
    schemaVersion: '3.0.0',
    fileVersion: 1,
    network: 'everynet',
    chainId: 4244,
    metadata: { note: 'é \u{1f680} \u2028 "quoted" \\ / \u0001', owner: null },
    configuration: { limits: { daily: { _type: 'bigint', _value: '20000000000000000000000000' }, ratio: 0.25 } },
    topology: { '10': [], '9': {} },
    verification: {
      dataIntegrity: { checksums: { configuration: `sha256:${'0'.repeat(64)}`, topology: '0123456789abcdef' } },
    },
    contracts: { core: { Router: { implementation: address('r'), proxy: address('R') } } },
    extended_Router: {
      aliases: ['OldRouter', 'Router2'],
      deploymentArgs: [1, -5, true, ['0x', { _type: 'bigint', _value: '-1' }]],
      implementationHash: codeHash('r'),
      observed: { blockNumber: 5, timestamp: 1_755_000_000_000 },
      source: { contractName: 'contracts/Router.sol:Router' },
      timestamp: 1_755_000_000_000,
      upgrades: [{ implementation: address('r0'), timestamp: 1_754_000_000_000 }],
    },
  };
}
