import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { checkConsistency } from '../../../src/core/consistency/check.js';
import { manifestFolder, unifiedFolder } from '../../../src/core/layout.js';
import { readSnapshot } from '../../../src/core/snapshot.js';
import { sharedData } from '../../support/shared-data.js';

type File = { readonly path: string; readonly bytes: Uint8Array };

/** `<file>:<line>:<column> <rule> <path>` of the real unified files and the manifests beside them. */
function findings(t: TestContext, edit = (text: string) => text): string[] | null {
  const folder = sharedData('lookcoin');
  if (folder === null) {
    t.skip('shared data is not here');
    return null;
  }
  const read = (name: string, below: string): File[] =>
    readdirSync(join(folder, name)).map((file) => ({
      path: `${below}/${file}`,
      bytes: readFileSync(join(folder, name, file)),
    }));
  const files = read('unified', unifiedFolder('')).map(({ path, bytes }) => ({
    path,
    bytes: Buffer.from(edit(Buffer.from(bytes).toString('utf8'))),
  }));
  const found = checkConsistency(readSnapshot(files, ''), {
    files: new Map(files.map(({ path, bytes }) => [path, bytes])),
    manifests: read('openzeppelin', manifestFolder('')),
    now: Date.UTC(2026, 10, 21),
  });
  return found.map(({ file, line = 0, column = 0, rule, path }) => {
    const network = file.slice(file.lastIndexOf('/') + 1, file.indexOf('.'));
    return `${network}:${line}:${column} ${rule} ${path}`;
  });
}

describe('the real unified files', () => {
  it('have exactly these findings, each once and where it stands', (t) => {
    assert.deepEqual(findings(t) ?? known, known);
  });

  it('have none of the classes that are known not to be there, and would have them', (t) => {
    const absent = /^\S+ (?:address\/checksum|address\/malformed|hash\/|topology\/peer-contract|manifest\/)/;
    assert.deepEqual(findings(t)?.filter((finding) => absent.test(finding)) ?? [], []);
    // Two digits of one proxy are swapped wherever it stands: its record no longer is what the peers and the manifest say.
    const swapped = findings(t, (text) => text.replace('"proxy": "0xB8B7604628F3', '"proxy": "0xB8B7604628F4'));
    if (swapped === null) return;
    const rules = new Set(swapped.filter((finding) => absent.test(finding)).map((finding) => finding.split(' ')[1]));
    assert.deepEqual([...rules].sort(), ['manifest/missing', 'topology/peer-contract']);
  });
});

const known = [
  'basesepolia:18:28 protocol/lists-differ /metadata/protocolsConfigured',
  'basesepolia:57:16 address/case /configuration/governance/vault',
  'basesepolia:62:22 protocol/own-chain /configuration/protocols/layerZero/lzChainId',
  'basesepolia:81:23 address/zero /configuration/protocols/celer/messageBus',
  'basesepolia:86:20 address/zero /configuration/protocols/hyperlane/mailbox',
  'basesepolia:106:20 topology/endpoint-as-chain /topology/connectedChains/0/chainId',
  'basesepolia:119:20 topology/endpoint-as-chain /topology/connectedChains/1/chainId',
  'basesepolia:174:24 record/args-unknown /extended_LookCoin/deploymentArgs',
  'basesepolia:179:28 record/args-unknown /extended_SupplyOracle/deploymentArgs',
  'bsctestnet:20:28 protocol/lists-differ /metadata/protocolsConfigured',
  'bsctestnet:58:7 protocol/not-enabled /contracts/protocol/HyperlaneModule',
  'bsctestnet:85:5 legacy/leftover /contracts/legacy',
  'bsctestnet:94:16 address/case /configuration/governance/vault',
  'bsctestnet:99:22 protocol/own-chain /configuration/protocols/layerZero/lzChainId',
  'bsctestnet:123:20 address/zero /configuration/protocols/hyperlane/mailbox',
  'bsctestnet:143:20 topology/endpoint-as-chain /topology/connectedChains/0/chainId',
  'bsctestnet:156:20 topology/endpoint-as-chain /topology/connectedChains/1/chainId',
  'bsctestnet:191:7 record/qualified-twin /verification/implementationHashes/contracts~1xchain~1CrossChainRouter.sol:CrossChainRouter',
  'bsctestnet:197:22 section/checksum-stale /verification/dataIntegrity/checksums/contracts',
  'bsctestnet:198:26 section/checksum-stale /verification/dataIntegrity/checksums/configuration',
  'bsctestnet:219:29 record/args-unknown /extended_CelerIMModule/deploymentArgs',
  'bsctestnet:276:28 record/args-unknown /extended_SupplyOracle/deploymentArgs',
];
