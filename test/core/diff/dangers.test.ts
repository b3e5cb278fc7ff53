import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Danger } from '../../../src/core/diff/change.js';
import { controlDanger } from '../../../src/core/diff/control-danger.js';
import { diffSnapshots, type NetworkChange } from '../../../src/core/diff/diff.js';
import { weighChanges } from '../../../src/core/diff/weigh.js';
import type { Json, JsonObject } from '../../../src/core/json.js';
import { emptyNetworkFile, type NetworkFile, withRecord } from '../../../src/core/model/network-file.js';
import type { Snapshot } from '../../../src/core/snapshot.js';
import { address, fileWith, hash, record, snapshotOf } from '../../support/arbitrary-state.js';

type Contracts = Readonly<Record<string, JsonObject>>;

function file(network: string, chainId: number, contracts: Contracts): NetworkFile {
  return Object.entries(contracts).reduce(
    (before, [name, fields]) => withRecord(before, record(name, fields, { network, chainId })),
    emptyNetworkFile({ network, chainId }),
  );
}

function dangersOf(base: Snapshot, head: Snapshot): string[] {
  return diffSnapshots(base, head).flatMap(({ network, contracts }) =>
    contracts.map(({ name, danger, knownAs = [] }) => {
      const known = knownAs.map((each) => `${each.path} of ${each.network}/${each.contract}`);
      return [`${network}/${name}`, danger ?? '-', ...known].join(' ');
    }),
  );
}

describe('an address that is known under another name', () => {
  const vault = { proxy: address(1), implementation: address(2), implementationHash: hash(2) };
  const token = { proxy: address(3), implementation: address(4), implementationHash: hash(4) };

  it('is a danger of a deployment, on the same network', () => {
    const base = snapshotOf(file('a', 1, { Vault: vault }));
    const head = snapshotOf(file('a', 1, { Vault: vault, Token: { ...token, proxy: address(1) } }));
    assert.deepEqual(dangersOf(base, head), ['a/Token known-elsewhere proxy of a/Vault']);
  });

  it('is one on any other network, whatever field has it there, and in any case', () => {
    const other = file('b', 2, { Vault: { implementation: address(10).toLowerCase() } });
    const base = snapshotOf(file('a', 1, { Token: token }), other);
    const moved = { ...token, implementation: address(10), implementationHash: hash(9) };
    const head = snapshotOf(file('a', 1, { Token: moved }), other);
    assert.deepEqual(dangersOf(base, head), ['a/Token known-elsewhere implementation of b/Vault']);
  });

  it('stays the lesser danger beside a changed proxy, and is still named', () => {
    const base = snapshotOf(file('a', 1, { Token: token, Vault: vault }));
    const head = snapshotOf(file('a', 1, { Token: { ...token, proxy: address(1) }, Vault: vault }));
    assert.deepEqual(dangersOf(base, head), ['a/Token proxy-changed proxy of a/Vault']);
  });

  it('shows a record that only got another name', () => {
    const base = snapshotOf(file('a', 1, { Token: token }));
    const head = snapshotOf(file('a', 1, { Coin: token }));
    assert.deepEqual(dangersOf(base, head), [
      'a/Coin known-elsewhere proxy of a/Token implementation of a/Token',
      'a/Token removed',
    ]);
  });

  const notOther: readonly [string, Contracts, string, JsonObject][] = [
    ['the same name on another network', {}, 'Vault', vault],
    ['another instance of one artefact', { 'Vault#usdc': vault }, 'Vault#usdt', { ...vault, proxy: address(7) }],
    ['a short and a qualified name', { 'lib/Vault.sol:Vault': vault }, 'Vault', { ...vault, proxy: address(7) }],
    [
      'records of one artifact',
      { Pool: { ...vault, artifact: 'x.sol:X' } },
      'Market',
      { ...vault, proxy: address(7), artifact: 'x.sol:X' },
    ],
    ['an old address that stays', { Vault: vault, Twin: vault }, 'Twin', { ...vault, timestamp: 7 }],
  ];
  for (const [what, before, name, fields] of notOther) {
    it(`${what} is no other name`, () => {
      const other = file('b', 2, what.startsWith('the same name') ? { Vault: vault } : {});
      const base = snapshotOf(file('a', 1, before), other);
      const head = snapshotOf(file('a', 1, { ...before, [name]: fields }), other);
      assert.deepEqual(dangersOf(base, head), [`a/${name} -`]);
    });
  }
});

describe('control', () => {
  const cases: readonly [Danger | null, readonly string[], Json | undefined, Json | undefined][] = [
    ['owner-changed', ['owner'], address(1), address(2)],
    ['owner-changed', ['proxyAdmin'], address(1), undefined],
    ['owner-changed', ['observed'], { admin: address(1) }, { admin: address(2) }],
    ['owner-changed', ['configuration', 'governance', 'vault'], address(1), address(2)],
    ['endpoint-changed', ['configuration', 'protocols', 'layerZero', 'endpoint'], address(1), address(2)],
    ['endpoint-changed', ['configuration', 'protocols', 'layerZero', 'remotes'], [1, 2], [1, 3]],
    ['endpoint-changed', ['peers'], [1, 2], [2]],
    [null, ['peers'], [1, 2], [3, 2, 1]],
    [null, ['owner'], undefined, address(2)],
    [null, ['owner'], `0x${'0'.repeat(40)}`, address(2)],
    [null, ['mailbox'], '0x0', address(2)],
    [null, ['owner'], address(10), address(10).toLowerCase()],
    [null, ['ownership'], address(1), address(2)],
    [null, ['deploymentArgs'], [address(1)], [address(2)]],
    [null, ['constructor'], 1, 2],
  ];
  for (const [danger, path, before, after] of cases) {
    it(`${path.join('/')} from ${JSON.stringify(before)} to ${JSON.stringify(after)}: ${danger ?? 'none'}`, () => {
      assert.equal(controlDanger(path, before, after), danger);
    });
  }

  it('is a danger of its record and of its place in a section', () => {
    const base = { ...fileWith(record('A', { implementation: address(1), owner: address(2) })) };
    const head = { ...fileWith(record('A', { implementation: address(1), owner: address(3) })) };
    const section = (of: NetworkFile, mailbox: string) => ({ ...of, root: { ...of.root, configuration: { mailbox } } });
    const [change] = diffSnapshots(snapshotOf(section(base, address(4))), snapshotOf(section(head, address(5))));
    assert.equal(change?.contracts[0]?.danger, 'owner-changed');
    assert.deepEqual(
      change.sections.map(({ path, danger }) => [path, danger]),
      [['/configuration/mailbox', 'endpoint-changed']],
    );
  });

  it('of another chain id is the danger of a network', () => {
    const old = fileWith();
    const [change] = diffSnapshots(
      snapshotOf(old),
      snapshotOf({ ...old, chainId: 5, root: { ...old.root, chainId: 5 } }),
    );
    assert.deepEqual(change?.sections, [{ path: '/chainId', before: 4242, after: 5, danger: 'chain-changed' }]);
  });
});

describe('weighed changes', () => {
  const contract = (
    name: string,
    danger: Danger | null,
    kind: 'upgrade' | 'deploy' | 'metadata' | 'redeploy' | 'remove',
  ) => ({
    name,
    category: 'core',
    status: 'modified' as const,
    kind,
    danger,
    fields: [],
  });
  const network = (name: string, chainId: number, ...contracts: NetworkChange['contracts']): NetworkChange => ({
    network: name,
    chainId,
    status: 'modified',
    contracts,
    sections: [],
  });

  it('stand in the order of risk, then mainnet first, then by network and name', () => {
    const changes = [
      network(
        'testnet',
        97,
        contract('M', null, 'metadata'),
        contract('D', null, 'deploy'),
        contract('U', null, 'upgrade'),
        contract('E', 'endpoint-changed', 'metadata'),
        contract('O', 'owner-changed', 'metadata'),
        contract('K', 'known-elsewhere', 'deploy'),
        contract('S', 'same-code-hash', 'upgrade'),
        contract('R', 'removed', 'remove'),
        contract('P', 'proxy-changed', 'redeploy'),
      ),
      network('zmain', 56, contract('B', 'removed', 'remove'), contract('A', 'removed', 'remove')),
    ];
    assert.deepEqual(
      weighChanges(changes).map((change) => `${change.network.network} ${change.contract?.name ?? ''}`),
      [
        'testnet P',
        'zmain A',
        'zmain B',
        'testnet R',
        'testnet S',
        'testnet K',
        'testnet O',
        'testnet E',
        'testnet U',
        'testnet D',
        'testnet M',
      ],
    );
  });

  it('split the sections of a network by danger', () => {
    const sections = [
      { path: '/a', before: 1, after: 2 },
      { path: '/b/owner', before: 1, after: 2, danger: 'owner-changed' as const },
    ];
    const parts = weighChanges([{ ...network('a', 1), sections }]);
    assert.deepEqual(
      parts.map(({ kind, danger, fields }) => [kind, danger, fields.map(({ path }) => path)]),
      [
        ['sections', 'owner-changed', ['/b/owner']],
        ['sections', null, ['/a']],
      ],
    );
  });
});
