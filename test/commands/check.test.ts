import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Checked, check } from '../../src/commands/check.js';
import type { Json, JsonObject } from '../../src/core/json.js';
import { networkFilePath, unifiedFolder } from '../../src/core/layout.js';
import { parseNetworkFile } from '../../src/core/model/network-file.js';
import { canonicalize } from '../../src/core/text/canonical.js';
import { StateManagerError } from '../../src/errors.js';
import type { Place } from '../../src/ports/state-repository.js';
import { address, networkText, proxied } from '../support/deployments.js';
import { type MemoryRepository, memoryRepository } from '../support/memory-repository.js';

const now = Date.UTC(2026, 10, 21);
const main = networkFilePath('', 'bscmainnet');
const test = networkFilePath('', 'bsctestnet');
const config = 'stateroot.config.json';
const token = { Token: proxied('Token', 1, { deploymentArgs: [] }) };
const clean = { [main]: networkText('bscmainnet', 56, token), [test]: networkText('bsctestnet', 97, token) };
/** Its mistake is an error: mainnet is connected with testnet. */
const crossed = withSections(clean[main] ?? '', { topology: { connectedChains: [{ chainId: 97 }] } });

const rulesOf = ({ findings }: Pick<Checked, 'findings'>): string[] => findings.map(({ rule }) => rule);
const run = (memory: MemoryRepository, more: { base?: string; all?: boolean; place?: Place } = {}) =>
  check(memory, { place: 'worktree', now, ...more });

describe('check', () => {
  it('finds nothing where nothing contradicts', async () => {
    const { findings, networks, base } = await run(memoryRepository(clean));
    assert.deepEqual([findings, networks, base], [[], 2, null]);
  });

  it('reads the work tree, or the commit it is given', async () => {
    const memory = memoryRepository(clean);
    memory.edit({ [main]: crossed });
    assert.deepEqual(rulesOf(await run(memory)), ['topology/cross-tier']);
    const commit = await memory.resolve('HEAD');
    assert.deepEqual(rulesOf(await run(memory, { place: { commit } })), []);
  });

  it('says where: file, line, column, pointer, network', async () => {
    const memory = memoryRepository({ ...clean, [main]: crossed });
    const [finding] = (await run(memory)).findings;
    const line = crossed.split('\n').findIndex((each) => each.includes('"chainId": 97')) + 1;
    assert.deepEqual(
      [finding?.file, finding?.line, finding?.column, finding?.path, finding?.network],
      [main, line, 20, '/topology/connectedChains/0/chainId', 'bscmainnet'],
    );
  });

  it('reports a file that cannot be read and checks the others', async () => {
    const memory = memoryRepository({ ...clean, [main]: crossed, [test]: '{' });
    assert.deepEqual(rulesOf(await run(memory)), ['topology/cross-tier', 'json-syntax']);
  });

  it('reads the manifests and sees stray files', async () => {
    const stray = `${unifiedFolder('')}/bsctestnet.unified.backup-1.json`;
    const memory = memoryRepository({
      ...clean,
      [stray]: '{}',
      '.openzeppelin/bsc-testnet.json': JSON.stringify({ proxies: [{ address: address('Token proxy') }], impls: {} }),
      '.openzeppelin/bsc.json': 'no',
    });
    const { findings } = await run(memory);
    assert.deepEqual(
      findings.map(({ rule, file }) => [rule, file]),
      [
        ['manifest/unreadable', '.openzeppelin/bsc.json'],
        ['file/stray', stray],
        ['manifest/missing', test],
      ],
    );
  });

  it('takes every state root, each with its own configuration', async () => {
    const below = networkFilePath('packages/a', 'bscmainnet');
    const memory = memoryRepository({
      ...clean,
      [main]: crossed,
      [below]: crossed,
      'packages/a/stateroot.config.json': '{"rules":{"topology/cross-tier":"off"}}',
    });
    assert.deepEqual(
      (await run(memory)).findings.map(({ file }) => file),
      [main],
    );
  });
});

describe('check against a base', () => {
  it('lets pass what is on the base, also when its line moved', async () => {
    const memory = memoryRepository({ ...clean, [main]: crossed });
    memory.edit({ [main]: withSections(crossed, { metadata: { a: [1, 2, 3] } }) });
    const { findings, known, knownCount } = await run(memory, { base: 'HEAD' });
    assert.deepEqual([findings, known, knownCount], [[], [], 1]);
    assert.deepEqual(rulesOf({ findings: (await run(memory, { base: 'HEAD', all: true })).known }), [
      'topology/cross-tier',
    ]);
  });

  it('reports what is new', async () => {
    const memory = memoryRepository(clean);
    memory.edit({ [main]: crossed });
    const { findings, base } = await run(memory, { base: 'HEAD' });
    assert.deepEqual([rulesOf({ findings }), base], [['topology/cross-tier'], await memory.resolve('HEAD')]);
  });

  it('finds a record that lost its checksum', async () => {
    const memory = memoryRepository(clean);
    const unsealed = networkText('bsctestnet', 97, {
      Token: { ...proxied('Token', 1, { deploymentArgs: [] }), sealed: false },
    });
    memory.edit({ [test]: unsealed });
    const [finding] = (await run(memory, { base: 'HEAD' })).findings;
    assert.deepEqual([finding?.rule, finding?.severity, finding?.contract], ['checksum-lost', 'error', 'Token']);
    assert.deepEqual(rulesOf(await run(memory)), []);
  });

  it('finds it also where the network got another name', async () => {
    const memory = memoryRepository(clean);
    const named = networkText('bsctest', 97, {
      Token: { ...proxied('Token', 1, { deploymentArgs: [] }), sealed: false },
    });
    memory.edit({ [test]: null, [networkFilePath('', 'bsctest')]: named });
    assert.ok(rulesOf(await run(memory, { base: 'HEAD' })).includes('checksum-lost'));
  });

  it('says what it could not read in the base, and lets it be repaired', async () => {
    const memory = memoryRepository({ ...clean, [test]: '{' });
    memory.edit({ [test]: clean[test] ?? '' });
    const { findings } = await run(memory, { base: 'HEAD' });
    assert.deepEqual(
      findings.map(({ rule, severity, file }) => [rule, severity, file]),
      [['json-syntax', 'warning', test]],
    );
    memory.edit({ [test]: '{' });
    const both = await run(memory, { base: 'HEAD' });
    assert.deepEqual([both.findings.filter(({ severity }) => severity === 'error'), both.knownCount], [[], 1]);
  });

  it('says that the base is not here, and how to fetch it', async () => {
    await assert.rejects(run(memoryRepository(clean), { base: 'origin/main' }), (error) => {
      assert.ok(error instanceof StateManagerError && error.code === 'UNKNOWN_REVISION');
      assert.match(error.hint ?? '', /git fetch/);
      return true;
    });
  });

  it('says when the base has gone on elsewhere', async () => {
    const memory = memoryRepository(clean);
    const start = await memory.resolve('HEAD');
    const ahead = memory.commitFiles({ [main]: crossed });
    const at = async (place: string, base: string) => (await run(memory, { place: { commit: place }, base })).diverged;
    assert.deepEqual([await at(ahead, start), await at(start, ahead)], [false, true]);
    assert.equal((await run(memory)).diverged, false);
  });

  it('reads no file of the base that is unchanged', async () => {
    const memory = memoryRepository({ ...clean, '.openzeppelin/bsc.json': '{"proxies":[],"impls":{}}' });
    memory.edit({ [main]: crossed });
    const fresh: string[] = [];
    const at: MemoryRepository['at'] = async (place) => {
      const tree = await memory.at(place);
      if (typeof place === 'string') return tree;
      const noted: typeof tree.read = async (paths, known) => {
        const files = await tree.read(paths, known);
        for (const file of files) if (known?.get(file.path) !== file) fresh.push(file.path);
        return files;
      };
      return {
        ...tree,
        read: noted,
        manifests: async (known) =>
          (await tree.manifests(known)).filter((file) => known?.get(file.path) === file || fresh.push(file.path) > 0),
      };
    };
    await check({ ...memory, at, forRoot: () => ({ ...memory, at }) }, { place: 'worktree', base: 'HEAD', now });
    assert.deepEqual(fresh, [main]);
  });
});

describe('the configuration of check', () => {
  const waiver = { rule: 'topology/cross-tier', until: '2027-01-01', reason: 'until the audit' };

  it('sets severities, turns rules off and holds waivers until they expire', async () => {
    const findings = async (value: Json) =>
      (await run(memoryRepository({ ...clean, [main]: crossed, [config]: text(value) }))).findings;
    assert.deepEqual(
      (await findings({ rules: { 'topology/cross-tier': 'info' } })).map(({ severity }) => severity),
      ['info'],
    );
    assert.deepEqual(await findings({ rules: { 'topology/cross-tier': 'off' } }), []);
    assert.deepEqual(await findings({ waivers: [waiver] }), []);
    assert.deepEqual(
      await findings({ waivers: [{ ...waiver, network: 'bscmainnet', path: '/topology/connectedChains/0/chainId' }] }),
      [],
    );
    for (const other of [
      { network: 'bsctestnet' },
      { contract: 'Token' },
      { path: '/topology' },
      { rule: 'file/stray' },
    ]) {
      assert.deepEqual(
        (await findings({ waivers: [{ ...waiver, ...other }] })).map(({ rule }) => rule),
        ['topology/cross-tier'],
      );
    }
    assert.deepEqual(
      (await findings({ waivers: [{ ...waiver, until: '2026-11-20' }] })).map(({ rule, file }) => [rule, file]),
      [
        ['topology/cross-tier', main],
        ['waiver/expired', config],
      ],
    );
  });

  it('counts what waivers hold back', async () => {
    const memory = memoryRepository({ ...clean, [main]: crossed, [config]: text({ waivers: [waiver] }) });
    assert.deepEqual((await run(memory)).waived, [{ waiver, count: 1, networks: ['bscmainnet'] }]);
  });

  it('of the base judges: a change cannot excuse itself, and what it adds counts and is shown', async () => {
    const memory = memoryRepository(clean);
    memory.edit({
      [main]: crossed,
      [config]: text({
        networks: [{ name: 'mine', chainId: 777 }],
        rules: { 'topology/cross-tier': 'off' },
        waivers: [waiver],
      }),
    });
    assert.deepEqual(rulesOf(await run(memory, { base: 'HEAD' })).sort(), [
      'config/added',
      'config/pending',
      'config/pending',
      'topology/cross-tier',
    ]);
    assert.deepEqual(rulesOf(await run(memory)), []);
  });

  it('of the base counts against the change that removes it', async () => {
    const memory = memoryRepository({ ...clean, [config]: text({ waivers: [waiver] }) });
    memory.edit({ [main]: crossed, [config]: '{}' });
    assert.deepEqual(rulesOf(await run(memory, { base: 'HEAD' })), []);
  });

  it('cannot declare a mainnet to be something else in the change itself', async () => {
    const memory = memoryRepository(clean);
    memory.edit({
      [main]: withSections(crossed, { networkTier: 'testnet' }),
      [config]: text({ networks: [{ name: 'bscmainnet', chainId: 56, tier: 'testnet' }] }),
    });
    const found = rulesOf(await run(memory, { base: 'HEAD' }));
    assert.ok(found.includes('topology/cross-tier') && found.includes('network/tier-mismatch'), found.join());
  });

  it('that is broken is refused, or a finding where a base judges', async () => {
    const memory = memoryRepository(clean);
    memory.edit({ [config]: '{"rules":5}' });
    await assert.rejects(run(memory), (error) => error instanceof StateManagerError && error.code === 'CONFIG_INVALID');
    assert.deepEqual(rulesOf(await run(memory, { base: 'HEAD' })), ['config-form']);
    memory.commitFiles({ [config]: '{"rules":5}' });
    const still = (await run(memory, { base: 'HEAD' })).findings;
    assert.deepEqual(
      still.map(({ rule, severity }) => [rule, severity]),
      [['config-form', 'warning']],
    );
    memory.edit({ [config]: '{}' });
    const { findings } = await run(memory, { base: 'HEAD' });
    assert.deepEqual(
      findings.map(({ rule, severity }) => [rule, severity]),
      [['config-form', 'warning']],
    );
  });
});

function withSections(file: string, sections: JsonObject): string {
  const parsed = parseNetworkFile(Buffer.from(file));
  assert.ok(parsed.ok);
  return canonicalize({ ...parsed.file.root, ...sections });
}

function text(value: Json): string {
  return canonicalize(value);
}
