import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type { Ambiguity } from '../../src/core/legacy/legacy-record.js';
import type { StoreComparison } from '../../src/core/migration/compare-stores.js';
import { stateroot, statejson } from '../support/command-line.js';
import { codeHash } from '../support/deployments.js';
import { fingerprint, storeContent } from '../support/leveldb-store.js';
import { sharedData } from '../support/shared-data.js';
import { type TempRepository, tempRepository } from '../support/temp-repository.js';

type Accepted = {
  readonly sourceKey: string;
  readonly canonicalNetwork: string;
  readonly canonicalName: string;
  readonly mustCarry: Readonly<Record<string, unknown>>;
  readonly recoverable: { readonly deploymentArgs: unknown; readonly fromFile: string } | null;
  readonly quarantine: boolean;
};
type Shown = Readonly<Record<string, unknown>> & { readonly contractName: string; readonly network: string };

const script = join(import.meta.dirname, '..', 'managers', 'deploy', 'deploy-script.js');
const hashOfCoin = '0x035df318e7b4d02767fc5d749d77c0cd1f8a24e45950df940b71de21b6b81d49';
/** Fields that the database lost and still holds in superseded entries. */
const recovered = ['CelerIMModule', 'LookCoin', 'SupplyOracle'];

describe('the real LookCoin database and files', () => {
  it('migrate with dual-write on, deploy scripts working before, during and after, and go back', async (t) => {
    const temp = lookcoin(t);
    if (temp === null) return;
    const before = fingerprint(temp.at('leveldb'));

    assert.deepEqual(deploy(temp, 'Before'), ['left LookCoin: unchanged', 'deployed Before']);
    assert.notDeepEqual(fingerprint(temp.at('leveldb')), before);

    const sources = ['--legacy-json', 'old/legacy-json', '--unified', 'old/unified', '--openzeppelin', '.openzeppelin'];
    const run = statejson(temp, ['migrate', 'run', ...sources]);
    assert.equal(run.code, 0, JSON.stringify(run));
    assert.equal(existsSync(temp.at('deployments/unified')), false);

    assert.deepEqual(deploy(temp, 'During'), ['left LookCoin: unchanged', 'deployed During']);
    assert.ok((await storeContent(temp.at('leveldb'))).has('97-During'));
    assert.match(temp.git('log', '-1', '--format=%s'), /deploy During/);

    const done = statejson(temp, ['migrate', 'resume', '--cutover']);
    assert.equal(done.code, 0, JSON.stringify(done));
    assertAccepted(temp);
    assertSettledSapphire(temp, run.data);

    assert.deepEqual(deploy(temp, 'After'), ['left LookCoin: unchanged', 'deployed After']);
    assert.equal((await storeContent(temp.at('leveldb'))).has('97-After'), false);
    assert.equal(stateroot(temp, ['validate']).code, 0);

    const old = await storeContent(temp.at('leveldb'));
    const back = statejson(temp, ['migrate', 'rollback', '--out', 'leveldb.back']);
    assert.equal(back.code, 0, JSON.stringify(back));
    const { comparison } = back.data as { comparison: StoreComparison };
    assert.deepEqual([comparison.changed, comparison.missing, comparison.added], [[], [], ['97-After']]);
    assert.equal(comparison.equal + comparison.richer.length, old.size);
    assert.deepEqual(deploy(temp, 'Last'), ['left LookCoin: unchanged', 'deployed Last']);
    assert.ok((await storeContent(temp.at('leveldb.back'))).has('97-Last'));
  });
});

/** Null, and said so, where the data is not. */
function lookcoin(t: TestContext): TempRepository | null {
  const data = sharedData('lookcoin');
  if (data === null) {
    t.skip('the shared data is not here');
    return null;
  }
  const temp = tempRepository(t);
  temp.write('.gitignore', 'leveldb*/\nbackups/\n/inputs.json\n');
  temp.commitAll('Begin');
  cpSync(join(data, 'leveldb'), temp.at('leveldb'), { recursive: true });
  cpSync(join(data, 'openzeppelin'), temp.at('.openzeppelin'), { recursive: true });
  for (const part of ['legacy-json', 'unified']) cpSync(join(data, part), temp.at('old', part), { recursive: true });
  temp.commitAll('Bring what there was');
  return temp;
}

/** One deployment of the documents' script, which leaves the backend to the factory: what is there, and one new contract. */
function deploy(temp: TempRepository, contractName: string): string[] {
  const inputs = temp.at('inputs.json');
  const coin = { contractName: 'LookCoin', implementationHash: hashOfCoin, constructorArgs: [] };
  const next = { contractName, implementationHash: codeHash(contractName), constructorArgs: ['97'] };
  writeFileSync(inputs, JSON.stringify({ time: '1754079530056000001', contracts: [coin, next] }));
  const output = execFileSync(process.execPath, [script, 'auto', inputs], {
    cwd: temp.path,
    env: temp.env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const lines = output.trimEnd().split('\n');
  return lines.flatMap((line) => {
    const said = JSON.parse(line) as Readonly<Record<string, string>>;
    if (said['deployed'] !== undefined) return [`deployed ${said['deployed']}`];
    return said['left'] === undefined ? [] : [`left ${said['left']}: ${said['action'] ?? ''}`];
  });
}

function assertAccepted(temp: TempRepository): void {
  const table = JSON.parse(
    readFileSync(sharedData('lookcoin', 'importer-acceptance.json') ?? '', 'utf8'),
  ) as readonly Accepted[];
  const records = statejson(temp, ['list']).data as readonly Shown[];
  const kept = readFileSync(temp.at('deployments/quarantine/31337.json'), 'utf8');
  for (const { sourceKey, canonicalNetwork, canonicalName, mustCarry, recoverable, quarantine } of table) {
    if (quarantine) {
      assert.ok(kept.includes(`"key": "${sourceKey}"`), sourceKey);
      continue;
    }
    const { networkName, ...carried } = mustCarry;
    const record = records.find((one) => one.network === canonicalNetwork && one.contractName === canonicalName);
    assert.ok(record !== undefined, sourceKey);
    for (const [field, value] of Object.entries(carried))
      assert.deepEqual(record[field], value, `${sourceKey} ${field}`);
    const source = record['source'] as Readonly<Record<string, unknown>> | undefined;
    assert.equal(source?.['networkName'] ?? record.network, networkName, sourceKey);
    const isHere = canonicalNetwork === 'sapphiretestnet' && recovered.includes(canonicalName);
    if (!isHere) continue;
    assert.deepEqual(record['deploymentArgs'], recoverable?.deploymentArgs, sourceKey);
    assert.ok(Object.hasOwn((source?.['recovered'] ?? {}), 'deploymentArgs'), sourceKey);
  }
  assert.equal(table.filter(({ quarantine }) => quarantine).length, 2);
}

function assertSettledSapphire(temp: TempRepository, data: unknown): void {
  assert.ok(existsSync(temp.at('deployments/unified/sapphiretestnet.unified.json')));
  assert.equal(existsSync(temp.at('deployments/unified/sapphiremainnet.unified.json')), false);
  const { ambiguous } = data as { readonly ambiguous: readonly Ambiguity[] };
  const spelling = ambiguous.find(({ rule, path }) => rule === 'network-spelling' && path === '23295');
  assert.equal(spelling?.kept, 'sapphiretestnet');
}
