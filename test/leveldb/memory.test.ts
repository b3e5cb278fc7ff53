import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { describe, it } from 'node:test';
import type { LegacyEntry } from '../../src/core/legacy/entry.js';
import { levelStore } from '../../src/leveldb/level-store.js';
import { contractValue, temporaryFolder } from '../support/leveldb-store.js';

const networks = 1000;
const contracts = 100;
/** MiB, node itself included; 160 to 190 were seen. */
const most = 250;

describe('100,000 records of 1,000 networks', () => {
  it(`are examined with less than ${most} MiB resident`, async (t) => {
    const path = join(temporaryFolder(t), 'store');
    await levelStore.write(path, records());
    const reader = new URL('../../src/leveldb/read-leveldb.js', import.meta.url).href;
    const script = `import(${JSON.stringify(reader)}).then(({ examineLevelDb }) => examineLevelDb(process.argv[1])).then(
      ({ entries }) => console.log(entries.length, Math.round(process.resourceUsage().maxRSS / 1024)));`;
    const child = spawnSync(process.execPath, ['-e', script, path], { encoding: 'utf8' });
    const [count, resident = Infinity] = child.stdout.trim().split(' ').map(Number);
    t.diagnostic(`${count ?? 0} entries, ${resident} MiB resident at most`);
    assert.equal(count, networks * contracts, child.stderr);
    assert.ok(resident < most, `${resident} MiB`);
  });
});

/** Some 600 bytes each, most of them digits that compress badly, as addresses and hashes do. */
function* records(): Generator<LegacyEntry> {
  for (let network = 0; network < networks; network += 1) {
    const chainId = 1_000_000 + network;
    for (let i = 0; i < contracts; i += 1) {
      const name = `Contract${String(i).padStart(3, '0')}`;
      const digits = (count: number, seed: number): string => hex(count, network * contracts + i + seed * 7919);
      const hash = `0x${digits(64, 1)}`;
      const value = contractValue(name, chainId, {
        networkName: `network${network}`,
        address: `0x${digits(40, 2)}`,
        proxyAddress: `0x${digits(40, 3)}`,
        factoryByteCodeHash: hash,
        implementationHash: hash,
        deploymentArgs: [`0x${digits(40, 4)}`, '1000000000000000000000000000', [97, 84532, 11155420]],
        timestamp: 1754079530056 + i,
      });
      yield { key: Buffer.from(`${chainId}-${name}`), value: Buffer.from(JSON.stringify(value)) };
    }
  }
}

function hex(count: number, seed: number): string {
  let state = seed >>> 0;
  let text = '';
  while (text.length < count) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    text += state.toString(16).padStart(8, '0');
  }
  return text.slice(0, count);
}
