import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { describe, it } from 'node:test';
import { inspectFile } from '../../../src/core/inspect/inspect.js';
import { isObject, type Json, type JsonObject, member } from '../../../src/core/json.js';
import { parseNetworkFile, recordsOf } from '../../../src/core/model/network-file.js';
import { sampleEntries } from '../../../src/core/sample/entries.js';
import { sampleFiles } from '../../../src/core/sample/files.js';

const repository = join(import.meta.dirname, '..', '..', '..', '..');

describe('the sample state', () => {
  // After a change that is meant: STATEROOT_WRITE_SAMPLE=1 node --test build/test/core/sample/files.test.js
  if (process.env['STATEROOT_WRITE_SAMPLE'] === '1') {
    for (const [path, text] of sampleFiles()) {
      mkdirSync(dirname(join(repository, path)), { recursive: true });
      writeFileSync(join(repository, path), text);
    }
  }

  it('is what deployments/unified holds, byte for byte, and nothing else', () => {
    const committed = readdirSync(join(repository, 'deployments/unified')).filter((name) => name.endsWith('.json'));
    assert.deepEqual(committed.sort(), [...sampleFiles().keys()].map((path) => path.split('/').at(-1)).sort());
    for (const [path, text] of sampleFiles()) assert.equal(readFileSync(join(repository, path), 'utf8'), text, path);
  });

  it('has no finding of any severity', () => {
    for (const [path, text] of sampleFiles()) {
      assert.deepEqual(inspectFile({ path, mode: '100644', bytes: Buffer.from(text) }), []);
    }
  });

  it('has 26 records on 5 networks, from as many LevelDB entries', () => {
    assert.equal(sampleEntries().length, 26);
    assert.equal(new Set(sampleEntries().map(({ key }) => key)).size, 26);
    assert.deepEqual(
      networks().map((file) => [file.network, file.chainId, recordsOf(file).length]),
      [
        ['basesepolia', 84532, 3],
        ['bscmainnet', 56, 8],
        ['bsctestnet', 97, 9],
        ['optimismsepolia', 11155420, 3],
        ['sapphiretestnet', 23295, 3],
      ],
    );
  });

  it('gives no two contracts one address', () => {
    const addresses = networks()
      .flatMap(recordsOf)
      .flatMap(({ fields }) => [member(fields, 'proxy'), member(fields, 'implementation')]);
    assert.equal(new Set(addresses).size, 52);
  });

  it('connects networks of one tier only, and each with the one that connects back', () => {
    for (const { root } of networks()) {
      for (const peer of peersOf(root)) {
        const other = networks().find(({ chainId }) => chainId === member(peer, 'chainId'));
        assert.equal(member(other?.root ?? {}, 'networkTier'), member(root, 'networkTier'));
        const back = peersOf(other?.root ?? {}).find((one) => member(one, 'chainId') === member(root, 'chainId'));
        assert.deepEqual(protocolNames(back), protocolNames(peer));
      }
    }
  });

  it('enables a protocol where its module is deployed, and nowhere else', () => {
    const modules = { celer: 'CelerIMModule', hyperlane: 'HyperlaneModule', layerZero: 'LayerZeroModule' };
    for (const file of networks()) {
      const names = recordsOf(file).map(({ name }) => name);
      const deployed = Object.entries(modules).flatMap(([protocol, module]) =>
        names.includes(module) ? [protocol] : [],
      );
      assert.deepEqual(member(objectOf(member(file.root, 'metadata')), 'protocolsEnabled'), deployed);
    }
  });
});

function networks() {
  return [...sampleFiles().values()].map((text) => {
    const parsed = parseNetworkFile(Buffer.from(text));
    assert.ok(parsed.ok);
    return parsed.file;
  });
}

function peersOf(root: JsonObject): JsonObject[] {
  const chains = member(objectOf(member(root, 'topology')), 'connectedChains');
  return Array.isArray(chains) ? (chains as readonly Json[]).map(objectOf) : [];
}

function protocolNames(peer: JsonObject | undefined): unknown[] {
  const protocols = member(objectOf(peer), 'protocols');
  return Array.isArray(protocols) ? (protocols as readonly Json[]).map((one) => member(objectOf(one), 'name')) : [];
}

function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}
