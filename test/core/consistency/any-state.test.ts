import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { consistencyRuleIds } from '../../../src/core/consistency/all-rules.js';
import { checkConsistency } from '../../../src/core/consistency/check.js';
import { compareFindings } from '../../../src/core/finding.js';
import { networkFilePath } from '../../../src/core/layout.js';
import { emptyNetworkFile } from '../../../src/core/model/network-file.js';
import { readSnapshot } from '../../../src/core/snapshot.js';
import { address, codeHash } from '../../support/deployments.js';

const names = ['bscmainnet', 'bsctestnet', 'basesepolia', 'sapphiremainnet', 'constructor'];
/** Whatever people write, and what rules look for. */
const word = fc.constantFrom(
  'celer',
  'layerZero',
  '0x0',
  address(1),
  address(1).toLowerCase(),
  codeHash(1),
  '',
  'constructor',
  '2030-01-01T00:00:00Z',
);
const value = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    word,
    fc.constantFrom(null, true, 0, 97, 56, 40102, 1_900_000_000_000),
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(
      fc.constantFrom(
        'chainId',
        'protocols',
        'name',
        'networkTier',
        'network',
        'status',
        'lookCoin',
        'remotes',
        'celer',
        'layerZero',
        'timestamp',
        'endpoint',
        'toString',
        'implementation',
        'checksums',
      ),
      tie('any'),
      { maxKeys: 4, noNullPrototype: true },
    ),
  ),
})).any;
const sections = fc.record(
  {
    chainId: fc.constantFrom(56, 97, 84532, 23295, 777),
    networkTier: value,
    environment: fc.constantFrom('', 'staging', 5),
    metadata: fc.record(
      { protocolsEnabled: value, protocolsDeployed: value, protocolsConfigured: value, deployer: value },
      { requiredKeys: [], noNullPrototype: true },
    ),
    contracts: fc.dictionary(
      fc.constantFrom('core', 'legacy', 'protocol'),
      fc.dictionary(fc.constantFrom('LookCoin', 'a.sol:LookCoin', 'CelerIMModule', 'constructor'), value, {
        noNullPrototype: true,
      }),
      { noNullPrototype: true },
    ),
    configuration: fc.record({ protocols: value, governance: value }, { requiredKeys: [], noNullPrototype: true }),
    topology: fc.record(
      { connectedChains: fc.array(value, { maxLength: 3 }), tierValidation: value },
      { requiredKeys: [], noNullPrototype: true },
    ),
    verification: value,
    operations: value,
    extended_LookCoin: value,
    extended_CelerIMModule: fc.record(
      {
        upgrades: value,
        implementationHash: fc.constantFrom(codeHash(1), codeHash(2)),
        timestamp: value,
        deployment: value,
      },
      { requiredKeys: [], noNullPrototype: true },
    ),
  },
  { requiredKeys: [], noNullPrototype: true },
);

it('any state is judged: nothing is thrown, findings are placed, sorted, each once, and the same again', () => {
  const states = fc.uniqueArray(fc.tuple(fc.constantFrom(...names), sections), {
    selector: ([name]) => name,
    maxLength: 4,
  });
  fc.assert(
    fc.property(states, value, (networks, manifest) => {
      const files = networks.map(([network, parts]) => ({
        path: networkFilePath('', network),
        bytes: Buffer.from(JSON.stringify({ ...emptyNetworkFile({ network, chainId: 5 }).root, ...parts })),
      }));
      const manifests = [
        {
          path: '.openzeppelin/bsc.json',
          bytes: Buffer.from(JSON.stringify({ proxies: [manifest], impls: { a: manifest } })),
        },
      ];
      const options = {
        files: new Map(files.map(({ path, bytes }) => [path, bytes])),
        manifests,
        now: Date.UTC(2026, 10, 21),
      };
      const found = checkConsistency(readSnapshot(files, ''), options);
      assert.deepEqual(found, [...found].sort(compareFindings));
      assert.equal(new Set(found.map((finding) => JSON.stringify(finding))).size, found.length);
      for (const { rule, line, file } of found) {
        assert.ok(consistencyRuleIds.has(rule), rule);
        assert.ok(line !== undefined || file.startsWith('.openzeppelin/'), rule);
      }
      assert.deepEqual(checkConsistency(readSnapshot([...files].reverse(), ''), options), found);
    }),
    { numRuns: 300 },
  );
});
