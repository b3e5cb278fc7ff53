import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { it } from 'node:test';
import { StateManagerError } from '../../src/errors.js';
import { LevelDBStateManager } from '../../src/managers/leveldb/leveldb-state-manager.js';
import { random } from '../fuzz/random.js';
import { address, codeHash } from '../support/deployments.js';

const seed = Number(process.env['STATEROOT_SEED'] ?? 20_261_121);
const flips = 40;
const names = Array.from({ length: 30 }, (_, i) => `Contract${i}`);

/** Two openings: the first one's entries stand in a table then, the second one's in the log. */
async function filled(cwd: string): Promise<void> {
  for (const round of [1, 2]) {
    const manager = new LevelDBStateManager('bscmainnet', { cwd });
    for (const contractName of names.filter((_, i) => round === 1 || i % 3 === 0)) {
      const contract = { contractName, chainId: 56, address: address(`${contractName} ${round}`) };
      await manager.putContract(56, {
        ...contract,
        factoryByteCodeHash: codeHash(round),
        timestamp: 1_754_079_530_056,
      });
    }
    await manager.close();
  }
}

it(`a bit that flipped in a LevelDB (${flips}, seed ${seed}) is refused or changes nothing: no contract is lost in silence`, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'stateroot-damage-'));
  t.after(() => {
    rmSync(folder, { recursive: true });
  });
  const whole = join(folder, 'whole');
  await filled(whole);
  const source = random(seed);
  const tally = { refused: 0, harmless: 0 };
  for (let flip = 0; flip < flips; flip += 1) {
    const cwd = join(folder, `flip-${flip}`);
    cpSync(whole, cwd, { recursive: true });
    const files = readdirSync(join(cwd, 'leveldb')).filter((name) => /\.(?:ldb|log)$|^MANIFEST/.test(name));
    const file = join(cwd, 'leveldb', files[source.below(files.length)] ?? '');
    const bytes = readFileSync(file);
    if (bytes.length === 0) continue;
    const at = source.below(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << source.below(8));
    writeFileSync(file, bytes);
    const manager = new LevelDBStateManager('bscmainnet', { cwd });
    try {
      const found = (await manager.getAllContracts(56)).map(({ contractName, address: at }) => [contractName, at]);
      const expected = names.map((name, i) => [name, address(`${name} ${i % 3 === 0 ? 2 : 1}`)]);
      assert.deepEqual(
        new Map(found as [string, string][]),
        new Map(expected as [string, string][]),
        `flip ${flip} of ${file}`,
      );
      tally.harmless += 1;
    } catch (error) {
      if (!(error instanceof StateManagerError)) throw error;
      const decision = await manager.fetchDeployOrUpgradeProxy({
        contractName: 'Contract1',
        implementationHash: codeHash(9),
      });
      assert.equal(decision.action, 'blocked');
      tally.refused += 1;
    }
    await manager.close();
    rmSync(cwd, { recursive: true });
  }
  t.diagnostic(JSON.stringify(tally));
  assert.ok(tally.refused > 0);
});
