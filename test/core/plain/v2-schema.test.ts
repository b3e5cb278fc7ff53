import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Ajv, type AnySchemaObject } from 'ajv';
import { parseNetworkFile, recordsOf } from '../../../src/core/model/network-file.js';
import { plainText } from '../../../src/core/plain/plain-file.js';
import { plainOfNetwork } from '../../../src/core/plain/plain-of-network.js';
import { address, hash } from '../../support/arbitrary-state.js';

const root = join(import.meta.dirname, '..', '..', '..', '..');
const schema = JSON.parse(
  readFileSync(join(root, 'schemas', 'legacy', 'deployment-2.0.0.schema.json'), 'utf8'),
) as AnySchemaObject;
const ajv = new Ajv({ strict: true, formats: { 'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/ } });
const accepts = ajv.compile(schema);

const info = {
  name: 'LookCoin',
  address: address(1),
  deployedAt: '1723456789123456789',
  implementationHash: hash(1),
  constructorArgs: [{ _type: 'bigint', _value: '7' }],
  proxy: { proxyAddress: address(1), implementationAddress: address(2) },
};
const file = {
  version: '2.0.0',
  network: 'bscmainnet',
  chainId: 56,
  timestamp: '2025-08-12T10:30:00.000Z',
  contracts: { [address(1)]: info },
};

describe('the schema of plain 2.0.0 files', () => {
  it('is of draft-07 and asks for version, network, chain id, time and contracts', () => {
    assert.equal(schema['$schema'], 'http://json-schema.org/draft-07/schema#');
    assert.ok(accepts(file), ajv.errorsText(accepts.errors));
    for (const name of Object.keys(file)) assert.ok(!accepts({ ...file, [name]: undefined }), name);
    assert.ok(!accepts({ ...file, version: '3.0.0' }));
  });

  it('knows three modes of deployment', () => {
    for (const deploymentMode of ['standard', 'multi-protocol', 'simple']) {
      assert.ok(accepts({ ...file, deploymentMode }), deploymentMode);
    }
    assert.ok(!accepts({ ...file, deploymentMode: 'multi' }));
  });

  it('keys contracts by address, each with name, address, time and hash', () => {
    assert.ok(!accepts({ ...file, contracts: { LookCoin: info } }));
    for (const name of ['name', 'address', 'deployedAt', 'implementationHash']) {
      assert.ok(!accepts({ ...file, contracts: { [address(1)]: { ...info, [name]: undefined } } }), name);
    }
    for (const implementationHash of ['', 'pending', address(1)]) {
      assert.ok(
        !accepts({ ...file, contracts: { [address(1)]: { ...info, implementationHash } } }),
        implementationHash,
      );
    }
    assert.ok(!accepts({ ...file, contracts: { [address(1)]: { ...info, proxy: { proxyAddress: hash(1) } } } }));
  });

  it('knows what LayerZero, Celer and Hyperlane are set to', () => {
    const protocols = {
      layerZero: {
        endpoint: address(3),
        chainId: 102,
        dvnConfigs: [{ dvn: address(4), optionType: 1, gas: '200000' }],
      },
      celer: { messageBus: address(5), chainId: 56, feeStructure: { bridgeFeeBasisPoints: 50, minBridgeFee: '1' } },
      hyperlane: { mailbox: address(6), domain: 56, ismConfig: {} },
    };
    assert.ok(accepts({ ...file, protocols }), ajv.errorsText(accepts.errors));
    for (const wrong of [
      { layerZero: { endpoint: 'none' } },
      { layerZero: { dvnConfigs: [{ dvn: 'none' }] } },
      { celer: { messageBus: 7 } },
      { celer: { feeStructure: { bridgeFeeBasisPoints: '50' } } },
      { hyperlane: { mailbox: hash(1) } },
      { hyperlane: { domain: '56' } },
    ])
      assert.ok(!accepts({ ...file, protocols: wrong }), JSON.stringify(wrong));
  });

  it('accepts what the sample state of this repository is written as', () => {
    const folder = join(root, 'deployments', 'unified');
    for (const name of readdirSync(folder).filter((each) => each.endsWith('.unified.json'))) {
      const parsed = parseNetworkFile(readFileSync(join(folder, name)));
      assert.ok(parsed.ok && recordsOf(parsed.file).length > 0);
      assert.ok(accepts(JSON.parse(plainText(plainOfNetwork(parsed.file, 'v2')))), ajv.errorsText(accepts.errors));
    }
  });
});
