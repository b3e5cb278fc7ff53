import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe, it, type TestContext } from 'node:test';
import { promisify } from 'node:util';
import { networkFilePath } from '../../../src/core/layout.js';
import { type TempRepository, tempRepository } from '../../support/temp-repository.js';

const script = join(import.meta.dirname, 'deploy-script.js');
const backends = ['leveldb', 'json', 'unified', 'dual-write'];

type Line = { readonly [word in 'deployed' | 'upgraded' | 'left' | 'action' | 'name']?: string };
type Compiled = { contractName: string; implementationHash: string; constructorArgs: string[] };

const coin = compiled('LookCoin', 'code 1', ['0x6cA5a425D66B30C84Cca43Af03C3762c2c927746']);
const oracle = compiled('SupplyOracle', 'code 1', ['1000000000000000000000000000', '97']);
const router = compiled('contracts/xchain/CrossChainRouter.sol:CrossChainRouter', 'code 1', []);

describe('a deploy script of the documents, on every backend', () => {
  const transcripts = new Map<string, readonly (readonly Line[])[]>();

  for (const backend of backends) {
    it(`deploys, upgrades and leaves alone on ${backend}`, async (t) => {
      const place = repository(t);
      const first = await run(place, backend, '1754079530056000001', [coin, oracle, router]);
      assert.deepEqual(actions(first), [
        'deployed LookCoin',
        'deployed SupplyOracle',
        `deployed ${router.contractName}`,
      ]);
      const again = await run(place, backend, '1754079530056000002', [coin, oracle, router]);
      const unchanged = [coin, oracle, router].map(({ contractName }) => `left ${contractName}: unchanged`);
      assert.deepEqual(actions(again), unchanged);
      const changed = [compiled('LookCoin', 'code 2', []), oracle, router, compiled('FeeManager', 'code 1', [])];
      const third = await run(place, backend, '1754079530056000003', changed);
      assert.deepEqual(actions(third), [
        'upgraded LookCoin',
        'left SupplyOracle: unchanged',
        `left ${router.contractName}: unchanged`,
        'deployed FeeManager',
      ]);
      const last = await run(place, backend, '1754079530056000004', changed);
      assert.equal(
        actions(last).every((line) => line.startsWith('left ')),
        true,
      );
      assert.deepEqual(kept(last), kept(third));
      assert.equal(kept(last).length, 4);
      transcripts.set(backend, [first, again, third, last]);
    });
  }

  it('says the same on all of them, word for word', () => {
    assert.deepEqual([...transcripts.keys()], backends);
    const expected = transcripts.get('leveldb');
    for (const [backend, transcript] of transcripts) assert.deepEqual(transcript, expected, backend);
  });

  it('is a list of commits on unified, one for each write and none for what was left alone', async (t) => {
    const place = repository(t);
    await run(place, 'unified', '1754079530056000001', [coin, oracle]);
    await run(place, 'unified', '1754079530056000002', [coin, oracle]);
    await run(place, 'unified', '1754079530056000003', [compiled('LookCoin', 'code 2', []), oracle]);
    const subjects = place.git('log', '--reverse', '--format=%s', 'base..HEAD').split('\n');
    assert.equal(subjects.length, 3);
    for (const [index, name] of ['LookCoin', 'SupplyOracle', 'LookCoin'].entries()) {
      assert.match(subjects[index] ?? '', new RegExp(name));
    }
    assert.equal(place.git('status', '--porcelain'), '');
  });

  it('finds on each side what dual-write wrote, and leaves it alone', async (t) => {
    const place = repository(t);
    await run(place, 'dual-write', '1754079530056000001', [coin, oracle, router]);
    for (const side of ['leveldb', 'json']) {
      const there = await run(place, side, '1754079530056000002', [coin, oracle, router]);
      assert.equal(actions(there).filter((line) => line.endsWith(': unchanged')).length, 3, side);
    }
  });

  for (const backend of backends) {
    it(`never deploys a second proxy on ${backend} where state cannot be read`, async (t) => {
      const place = repository(t);
      await run(place, backend, '1754079530056000001', [coin]);
      const damaged = damage(place);
      assert.ok(damaged > 0, 'nothing was damaged');
      const output = await runAnyhow(place, backend, '1754079530056000002', [
        compiled('LookCoin', 'code 2', []),
        oracle,
      ]);
      assert.doesNotMatch(output, /"(?:deployed|upgraded)":/);
    });
  }
});

function compiled(contractName: string, code: string, constructorArgs: string[]): Compiled {
  return {
    contractName,
    implementationHash: `0x${createHash('sha256').update(`${contractName} ${code}`).digest('hex')}`,
    constructorArgs,
  };
}

function repository(t: TestContext): TempRepository {
  const place = tempRepository(t);
  place.write('.gitignore', 'leveldb*/\n/inputs.json\n');
  place.commitAll('Begin');
  place.git('tag', 'base');
  return place;
}

async function run(place: TempRepository, backend: string, time: string, contracts: Compiled[]): Promise<Line[]> {
  const { stdout } = await start(place, backend, time, contracts);
  const lines = stdout.trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Line);
}

/** Everything it said, also when it stopped with an error. */
async function runAnyhow(place: TempRepository, backend: string, time: string, contracts: Compiled[]): Promise<string> {
  try {
    return (await start(place, backend, time, contracts)).stdout;
  } catch (error) {
    if (error instanceof Error && 'stdout' in error) return String(error.stdout);
    throw error;
  }
}

async function start({ path, env }: TempRepository, backend: string, time: string, contracts: Compiled[]) {
  const inputs = join(path, 'inputs.json');
  writeFileSync(inputs, JSON.stringify({ time, contracts }));
  return promisify(execFile)(process.execPath, ['--enable-source-maps', script, backend, inputs], { cwd: path, env });
}

function actions(lines: readonly Line[]): string[] {
  return lines.flatMap(({ deployed, upgraded, left, action }) => {
    if (deployed !== undefined) return [`deployed ${deployed}`];
    if (upgraded !== undefined) return [`upgraded ${upgraded}`];
    return left === undefined ? [] : [`left ${left}: ${action ?? ''}`];
  });
}

function kept(lines: readonly Line[]): readonly Line[] {
  return lines.filter((line) => Object.hasOwn(line, 'name'));
}

/** How many files of any backend were made unreadable. */
function damage(place: TempRepository): number {
  const folder = place.at('leveldb');
  const manifests = existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith('MANIFEST')) : [];
  const files = [
    ...manifests.map((name) => join(folder, name)),
    place.at('deployments', 'bsctestnet.json'),
    place.at(networkFilePath('', 'bsctestnet')),
  ].filter((file) => existsSync(file));
  for (const file of files) writeFileSync(file, '{"half');
  return files.length;
}
