import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type AddressesRequest, importAddresses } from '../../src/commands/import-addresses.js';
import type { JsonObject } from '../../src/core/json.js';
import { inspectFile } from '../../src/core/inspect/inspect.js';
import { recordsOf } from '../../src/core/model/network-file.js';
import { readSnapshot } from '../../src/core/snapshot.js';
import { canonicalize } from '../../src/core/text/canonical.js';
import { type ErrorCode, StateManagerError } from '../../src/errors.js';
import type { StateRepository } from '../../src/ports/state-repository.js';
import { address, codeHash, networkText, proxied, stateFiles } from '../support/deployments.js';
import { memoryRepository } from '../support/memory-repository.js';
import { sharedData } from '../support/shared-data.js';

const [token, vault, fees] = [address('token'), address('vault'), address('fees')];

describe('importing maps of addresses', () => {
  it('makes one commit per network, ascending, on a branch of its own, and leaves HEAD where it was', async () => {
    const repository = memoryRepository({ 'README.md': 'mine' });
    const head = await repository.head();
    const { data, networks } = await importAddresses(
      repository,
      request({ 'mainnet.json': { Token: token, Vault: vault.toLowerCase() }, 'bsc.json': { FeeManager: fees } }),
    );
    assert.match(data.branch ?? '', /^state\/import-addresses-[0-9a-f]{12}$/);
    assert.deepEqual(
      networks.map(({ network, chainId, records }) => [network, chainId, records]),
      [
        ['bscmainnet', 56, 1],
        ['mainnet', 1, 2],
      ],
    );
    assert.equal(data.commits.length, 2);
    assert.deepEqual(await repository.head(), head);
    assert.deepEqual(await fieldsAt(repository, data.commits.at(-1)), {
      'bscmainnet/infrastructure/FeeManager': { implementation: fees },
      'mainnet/core/Token': { implementation: token },
      'mainnet/core/Vault': { implementation: vault },
    });
    for (const file of await filesAt(repository, data.commits.at(-1))) {
      if (file.path.includes('/unified/')) assert.deepEqual(inspectFile(file), []);
    }
  });

  it('makes no commit the second time: on the branch, after its merge, and when it is gone', async () => {
    const maps = request({ 'bsc.json': { Token: token, 'a/V.sol:Vault': vault, Bad: '0x12' } });
    const repository = memoryRepository({ 'README.md': 'mine' });
    const first = await importAddresses(repository, maps);
    const again = await importAddresses(repository, maps);
    assert.deepEqual([again.data.branch, again.data.commits, again.data.unchanged], [null, [], 2]);
    const merged = memoryRepository(texts(await filesAt(repository, first.data.commits.at(-1))));
    const after = await importAddresses(merged, maps);
    assert.deepEqual([after.data.branch, after.data.commits, after.data.unchanged], [null, [], 2]);
    assert.equal(after.data.quarantined.length, 1);
  });

  it('derives the branch from what the maps say, not from their layout', async () => {
    const branchOf = async (name: string, text: string) =>
      (await importAddresses(memoryRepository(), { ...request({}), files: [fileOf(name, text)] })).data.branch;
    const one = await branchOf('bsc.json', `{"A":"${token}","B":"${vault}"}`);
    assert.equal(await branchOf('bsc.json', `{ "B": "${vault}",\n "A": "${token}" }\n`), one);
    assert.notEqual(await branchOf('bsc.json', `{"A":"${token}"}`), one);
    assert.notEqual(await branchOf('mainnet.json', `{"A":"${token}","B":"${vault}"}`), one);
  });

  it('goes to the current branch with here, and nowhere on a dry run', async () => {
    const repository = memoryRepository({ 'README.md': 'mine' });
    const maps = request({ 'bsc.json': { Token: token } });
    const dry = await importAddresses(repository, { ...maps, dryRun: true });
    assert.deepEqual([dry.data.branch, dry.data.commits, dry.data.imported.length], [null, [], 1]);
    const { data } = await importAddresses(repository, { ...maps, here: true });
    assert.equal(data.branch, 'main');
    assert.equal((await repository.head()).commit, data.commits.at(-1));
  });

  it('lets the source speak last, whatever was there: each address is found again under its name', async () => {
    const places = fc.constantFrom(token, vault, fees);
    const maps = fc.dictionary(fc.constantFrom('A', 'B', 'C', 'lib/D.sol:D'), places, { noNullPrototype: true });
    await fc.assert(
      fc.asyncProperty(maps, maps, async (before, said) => {
        const repository = memoryRepository({ 'README.md': 'mine' });
        await importAddresses(repository, request({ 'bsc.json': before }, { here: true }));
        const { data } = await importAddresses(repository, request({ 'bsc.json': said }, { here: true }));
        const now = await fieldsAt(repository, (await repository.head()).commit ?? undefined);
        const wanted = Object.entries({ ...before, ...said }).map(([name, value]): [string, string] => [
          `bscmainnet/core/${name.replace('lib/D.sol:', '')}`,
          value,
        ]);
        const implementations = Object.entries(now).map(([place, fields]) => [place, fields['implementation']]);
        assert.deepEqual(Object.fromEntries(implementations), Object.fromEntries(wanted));
        assert.equal(data.imported.length + data.unchanged, Object.keys(said).length);
      }),
      { numRuns: 50 },
    );
  });
});

describe('what is there before a map comes in', () => {
  const code = { implementationHash: codeHash(1), deploymentArgs: [1], note: 'kept' };

  it('keeps what the map does not know, but not the code of another address', async () => {
    const plain = { fields: { implementation: token, ...code } };
    const repository = memoryRepository(
      stateFiles({ bsc: { chainId: 56, contracts: { Same: plain, Moved: plain, Ours: plain } } }),
    );
    const { data } = await importAddresses(repository, request({ 'bsc.json': { Same: token, Moved: vault } }));
    assert.deepEqual([data.imported, data.unchanged], [[{ network: 'bsc', contractName: 'Moved' }], 1]);
    assert.deepEqual(await fieldsAt(repository, data.commits[0]), {
      'bsc/core/Moved': { implementation: vault, note: 'kept' },
      'bsc/core/Ours': plain.fields,
      'bsc/core/Same': plain.fields,
    });
  });

  it('is unchanged by either address of a proxied record, and reports the proxy that another one replaces', async () => {
    const there = proxied('Token');
    const { proxy = '', implementation = '' } = there.fields;
    const state = stateFiles({ bsc: { chainId: 56, contracts: { Token: there } } });
    for (const known of [proxy, implementation]) {
      const { data } = await importAddresses(memoryRepository(state), request({ 'bsc.json': { Token: known } }));
      assert.deepEqual([data.commits, data.unchanged, data.ambiguous], [[], 1, []]);
    }
    const repository = memoryRepository(state);
    const { data } = await importAddresses(repository, request({ 'bsc.json': { Token: vault } }, { here: true }));
    assert.deepEqual(data.ambiguous, [
      { rule: 'proxy-replaced', file: 'maps/bsc.json', path: '/Token', kept: vault, other: proxy },
    ]);
    assert.deepEqual(await fieldsAt(repository, data.commits[0]), { 'bsc/core/Token': { proxy: vault } });
    const again = await importAddresses(repository, request({ 'bsc.json': { Token: vault } }, { here: true }));
    assert.deepEqual([again.data.commits, again.data.ambiguous], [[], []]);
  });

  it('is found by its other names, which stay as they are', async () => {
    const fields = { implementation: token, aliases: ['OldToken'], source: { contractName: 'x.sol:Token' } };
    const repository = memoryRepository(stateFiles({ bsc: { chainId: 56, contracts: { Token: { fields } } } }));
    for (const name of ['OldToken', 'x.sol:Token']) {
      const { data } = await importAddresses(repository, request({ 'bsc.json': { [name]: token } }));
      assert.deepEqual([data.commits, data.unchanged], [[], 1]);
    }
    const { data } = await importAddresses(repository, request({ 'bsc.json': { OldToken: vault } }));
    assert.deepEqual(await fieldsAt(repository, data.commits[0]), {
      'bsc/core/Token': { ...fields, implementation: vault },
    });
  });

  it('belongs to its own name, and another of its names must say the same', async () => {
    const fields = { implementation: token, aliases: ['OldToken'] };
    const state = stateFiles({ bsc: { chainId: 56, contracts: { Token: { fields } } } });
    for (const map of [
      { OldToken: vault, Token: fees },
      { Token: fees, OldToken: vault },
    ]) {
      const { data } = await importAddresses(memoryRepository(state), request({ 'bsc.json': map }));
      assert.deepEqual(data.imported, [{ network: 'bsc', contractName: 'Token' }]);
      assert.deepEqual(
        data.quarantined.map(({ key, value }) => [key, value]),
        [['/OldToken', vault]],
      );
    }
    const { data } = await importAddresses(
      memoryRepository(state),
      request({ 'bsc.json': { OldToken: fees, Token: fees } }),
    );
    assert.deepEqual([data.imported.length, data.quarantined], [1, []]);
  });

  it('is not built upon when it is invalid', async () => {
    const text = networkText('bsc', 56, { Token: { fields: { implementation: token } } }).replace(token, vault);
    const repository = memoryRepository({ 'deployments/unified/bsc.unified.json': text });
    await refuses('STATE_INVALID', importAddresses(repository, request({ 'bsc.json': { Vault: vault } })));
  });
});

describe('the network of a map', () => {
  const cases: readonly [string, Partial<AddressesRequest>, string, number, string | undefined][] = [
    ['arbitrum.staging.json', {}, 'arbitrum.staging', 42161, 'staging'],
    ['BSC Testnet.json', {}, 'bsctestnet', 97, undefined],
    ['bnb.json', {}, 'bscmainnet', 56, undefined],
    ['Ours.json', {}, 'ours', 777, undefined],
    ['ours.beta.json', {}, 'ours.beta', 777, 'beta'],
    ['known.json', {}, 'configured', 778, 'green'],
    ['JoVay.json', { chainId: 5 }, 'jovay', 5, undefined],
    ['jovay.staging.json', { chainId: 5 }, 'jovay.staging', 5, 'staging'],
    ['base.json', { network: 'jovay', chainId: 5 }, 'jovay', 5, undefined],
    ['x', { network: 'bsc' }, 'bscmainnet', 56, undefined],
  ];
  const config = canonicalize({
    networks: [{ name: 'configured', chainId: 778, environment: 'green', aliases: ['known'] }],
  });
  for (const [name, wish, network, chainId, environment] of cases) {
    it(`called ${name}${wish.network === undefined ? '' : ` and named ${wish.network}`} is ${network}`, async () => {
      const ours = stateFiles({ ours: { chainId: 777, contracts: {} } });
      const repository = memoryRepository({ ...ours, 'stateroot.config.json': config });
      const { data, networks } = await importAddresses(repository, request({ [name]: { Token: token } }, wish));
      assert.deepEqual(
        networks.map((one) => [one.network, one.chainId]),
        [[network, chainId]],
      );
      const files = await filesAt(repository, data.commits[0]);
      const root = readSnapshot(files, '').networks.get(network)?.root;
      assert.equal(root?.['environment'], environment);
    });
  }

  it('stays the file that is here', async () => {
    const repository = memoryRepository(stateFiles({ 'arbitrum.staging': { chainId: 42161, contracts: {} } }));
    const maps = request({ 'arbitrum.staging.json': { Token: token } });
    const { data } = await importAddresses(repository, maps);
    const root = readSnapshot(await filesAt(repository, data.commits[0]), '').networks.get('arbitrum.staging')?.root;
    assert.equal(root?.['environment'], undefined);
    await refuses('CHAIN_ID_MISMATCH', importAddresses(repository, { ...maps, chainId: 1 }));
  });

  it('is refused where nobody knows its chain, or it can be none, with the command that names it', async () => {
    const repository = memoryRepository({ 'README.md': 'mine' });
    for (const [name, code] of [
      ['jovay.json', 'CHAIN_ID_UNKNOWN'],
      ['jovay.staging.json', 'CHAIN_ID_UNKNOWN'],
      ['my net!.json', 'NETWORK_NAME_INVALID'],
      ['bsc.unified.json', 'NETWORK_NAME_INVALID'],
    ] as const) {
      const attempt = importAddresses(repository, request({ 'bsc.json': { A: vault }, [name]: { Token: token } }));
      const error = await refuses(code, attempt);
      assert.ok(error.hint?.includes(`stateroot import addresses maps/${name} --`), error.hint);
    }
    await assert.rejects(repository.resolve('state/import-addresses'));
  });

  it('is one map, and a name or chain id is for one map only', async () => {
    const two = { 'bsc.json': { Token: token }, 'bnb.json': { Token: token } };
    await refuses('BAD_INPUT', importAddresses(memoryRepository(), request(two)));
    await refuses('BAD_USAGE', importAddresses(memoryRepository(), request(two, { network: 'x' })));
    await refuses('BAD_USAGE', importAddresses(memoryRepository(), request(two, { chainId: 5 })));
  });
});

describe('what of a map cannot be state', () => {
  it('is quarantined word for word beside its network, with the file it stands in', async () => {
    const repository = memoryRepository();
    const text = `{"Token": "${token}", "Bad": { "address" : 1 }}`;
    const { data, quarantineFiles } = await importAddresses(repository, {
      ...request({}),
      files: [fileOf('bsc.json', text)],
    });
    assert.deepEqual(
      data.quarantined.map(({ key, value, file }) => [key, value, file]),
      [['/Bad', { address: 1 }, 'maps/bsc.json']],
    );
    assert.deepEqual([quarantineFiles, data.commits.length], [['deployments/quarantine/56.json'], 1]);
    const kept = texts(await filesAt(repository, data.commits[0]))['deployments/quarantine/56.json'] ?? '';
    const items = Object.values((JSON.parse(kept) as { records: Record<string, unknown> }).records);
    assert.deepEqual(
      items.map((item) => ({ ...(item as object), reason: '' })),
      [{ key: '/Bad', raw: '{ "address" : 1 }', reason: '', source: 'addresses' }],
    );
  });

  it('is refused whole with strict', async () => {
    const maps = request({ 'bsc.json': { Token: token, Bad: 1 } }, { strict: true });
    await refuses('IMPORT_STRICT', importAddresses(memoryRepository(), maps));
  });

  it('refuses all maps when one is no JSON object, with the place', async () => {
    const files = [fileOf('a.json', '{}'), fileOf('bsc.json', `{\n  "A": "${token}"\n  "B": 1}`)];
    const error = await refuses('BAD_INPUT', importAddresses(memoryRepository(), { ...request({}), files }));
    assert.ok(error.message.startsWith('maps/bsc.json:3:3: '), error.message);
  });
});

describe('the maps of real merges', () => {
  it('come in whole: every name, every address', async (t) => {
    const merges = sharedData('merges');
    if (merges === null) {
      t.skip('shared data is not here');
      return;
    }
    const cases = readdirSync(merges, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    assert.ok(cases.length >= 10, `only ${cases.length} merges`);
    for (const { name } of cases) {
      for (const side of ['base.json', 'ours.json', 'theirs.json']) {
        await comesInWhole(name.slice(name.indexOf('-') + 1), join(merges, name, side));
      }
    }
  });
});

async function comesInWhole(network: string, path: string): Promise<void> {
  const text = readFileSync(path, 'utf8');
  const wanted = Object.entries(JSON.parse(text) as Record<string, string>);
  const isKnown = /^(?:arbitrum|bsc|avalanche|mainnet)/.test(network);
  const repository = memoryRepository();
  const { data } = await importAddresses(repository, {
    ...request({}, { network, ...(isKnown ? {} : { chainId: 777001 }) }),
    files: [fileOf('map.json', text)],
  });
  assert.deepEqual([data.quarantined, data.ambiguous, data.imported.length], [[], [], wanted.length], path);
  const fields = await fieldsAt(repository, data.commits[0]);
  const carried = Object.entries(fields).map(([place, { implementation }]) => {
    return [place.split('/').slice(2).join('/'), JSON.stringify(implementation).toLowerCase()];
  });
  const lower = wanted.map(([name, value]) => [name, JSON.stringify(value).toLowerCase()]);
  assert.deepEqual(carried.sort(), lower.sort(), path);
}

function request(
  maps: Readonly<Record<string, JsonObject>>,
  changes: Partial<AddressesRequest> = {},
): AddressesRequest {
  const files = Object.entries(maps).map(([name, map]) => fileOf(name, JSON.stringify(map)));
  return { files, here: false, allowDetached: false, strict: false, dryRun: false, ...changes };
}

function fileOf(name: string, text: string): AddressesRequest['files'][number] {
  return { name, path: `maps/${name}`, bytes: Buffer.from(text) };
}

async function filesAt(repository: StateRepository, commit: string | undefined) {
  const tree = await repository.at({ commit: commit ?? '' });
  return tree.read(await tree.paths());
}

function texts(files: Awaited<ReturnType<typeof filesAt>>): Record<string, string> {
  return Object.fromEntries(files.map(({ path, bytes }) => [path, Buffer.from(bytes).toString('utf8')]));
}

/** `<network>/<category>/<name>` → fields without the checksum. */
async function fieldsAt(repository: StateRepository, commit: string | undefined): Promise<Record<string, JsonObject>> {
  const { networks } = readSnapshot(await filesAt(repository, commit), '');
  const records = [...networks.values()].flatMap(recordsOf);
  return Object.fromEntries(
    records.map(({ network, category, name, fields }) => {
      const rest = Object.entries(fields).filter(([field]) => field !== 'checksum');
      return [`${network}/${category}/${name}`, Object.fromEntries(rest)];
    }),
  );
}

async function refuses(code: ErrorCode, attempt: Promise<unknown>): Promise<StateManagerError> {
  let refusal: unknown = null;
  await assert.rejects(attempt, (error) => {
    refusal = error;
    return true;
  });
  assert.ok(refusal instanceof StateManagerError);
  assert.equal(refusal.code, code);
  return refusal;
}
