import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { ContractType } from '../../src/core/model/contract-type.js';
import type { ContractStore, Scope, StoreChange } from '../../src/managers/contract-store.js';
import { assertSameContract, assertSameContracts, refuses, sampleContract } from '../support/contracts.js';

export type StoreFixture = {
  /** Over a place that holds nothing. */
  readonly store: ContractStore;
  /** Another store over the same place, as a new process would make it; what it opens is closed by the suite. */
  readonly reopen: () => Promise<ContractStore>;
  /** Makes what is stored unreadable, whole, while nothing is open. Left out where nothing can be damaged. */
  readonly damage?: () => Promise<void>;
};

/** Cleans up the place after `t`. */
export type StoreFactory = (t: TestContext) => Promise<StoreFixture>;

const testnet: Scope = { chainId: 97, network: 'bsctestnet' };
const mainnet: Scope = { chainId: 56, network: 'bscmainnet' };

/**
 * What every `ContractStore` keeps, whatever is below or around it. Contracts may come back as FORMAT §8 allows: addresses in
 * EIP-55 form, null or `""` of a known field as absent, a networkName and a checksum that were not given.
 */
export function contractStoreSuite(name: string, open: StoreFactory): void {
  const opened = async (t: TestContext): Promise<ContractStore> => {
    const { store } = await open(t);
    t.after(() => store.close());
    return store;
  };

  describe(`${name}: a store that holds nothing`, () => {
    it('says so: null, an empty list, no chain, no change by a delete, nothing wrong', async (t) => {
      const store = await opened(t);
      await store.open();
      assert.equal(await store.read(testnet, 'LookCoin'), null);
      assert.deepEqual(await store.list(), []);
      assert.deepEqual(await store.list(testnet), []);
      assert.equal(await store.chainOf('bsctestnet'), null);
      assert.deepEqual(await store.apply([{ kind: 'delete', scope: testnet, contractName: 'LookCoin' }]), [false]);
      assert.deepEqual(await store.inspect(), []);
    });

    it('needs no open, and takes any number of them, at once too', async (t) => {
      const store = await opened(t);
      assert.equal(await store.read(testnet, 'LookCoin'), null);
      await Promise.all([store.open(), store.open()]);
      await store.open();
      assert.deepEqual(await store.list(), []);
    });

    it('does nothing for no changes', async (t) => {
      const store = await opened(t);
      assert.deepEqual(await store.apply([]), []);
      assert.deepEqual(await store.list(), []);
    });

    it('has a name for its kind', async (t) => {
      assert.match((await opened(t)).type, /^[a-z][a-z0-9-]*$/);
    });

    for (const word of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      it(`holds no ${word}`, async (t) => {
        const store = await opened(t);
        await store.apply([put(sampleContract('Other', 97))]);
        assert.equal(await store.read(testnet, word), null);
      });
    }
  });

  describe(`${name}: what was put`, () => {
    for (const [what, contract] of Object.entries(shapes)) {
      it(`comes back: ${what}`, async (t) => {
        const store = await opened(t);
        assert.deepEqual(await store.apply([put(contract)]), [true]);
        assertSameContract(await store.read(testnet, contract.contractName), contract);
        assertSameContracts(await store.list(testnet), [contract]);
        assertSameContracts(await store.list(), [contract]);
        assert.deepEqual(await store.inspect(), []);
      });

      it(`comes back after close and reopen: ${what}`, async (t) => {
        const { store, reopen } = await open(t);
        await store.apply([put(contract)]);
        await store.close();
        const again = await reopened(t, reopen);
        assertSameContract(await again.read(testnet, contract.contractName), contract);
        assertSameContracts(await again.list(), [contract]);
      });
    }

    for (const name of names) {
      it(`comes back under the name ${name}, and goes with it`, async (t) => {
        const store = await opened(t);
        const contract = sampleContract(name, 97);
        await store.apply([put(contract)]);
        assertSameContract(await store.read(testnet, name), contract);
        assert.deepEqual(await store.apply([{ kind: 'delete', scope: testnet, contractName: name }]), [true]);
        assert.equal(await store.read(testnet, name), null);
        assert.deepEqual(await store.list(), []);
      });
    }

    it('is found by its chain alone, without the network', async (t) => {
      const store = await opened(t);
      const contract = sampleContract('LookCoin', 97);
      await store.apply([{ kind: 'put', scope: { chainId: 97 }, contract }]);
      assertSameContract(await store.read({ chainId: 97 }, 'LookCoin'), contract);
      assertSameContract(await store.read(testnet, 'LookCoin'), contract);
      assertSameContracts(await store.list({ chainId: 97 }), [contract]);
    });

    it('may leave the name of its network to the scope, or to the chain', async (t) => {
      const store = await opened(t);
      const contract = sampleContract('LookCoin', 97, { networkName: undefined });
      const other = sampleContract('SupplyOracle', 97, { networkName: undefined });
      await store.apply([put(contract), { kind: 'put', scope: { chainId: 97 }, contract: other }]);
      assertSameContracts(await store.list(testnet), [contract, other]);
    });

    it('may be of a chain that nobody knows, when its network is named', async (t) => {
      const store = await opened(t);
      const scope = { chainId: 424_242, network: 'mychain' };
      const contract = sampleContract('LookCoin', 424_242, { networkName: 'mychain' });
      await store.apply([{ kind: 'put', scope, contract }]);
      assertSameContract(await store.read(scope, 'LookCoin'), contract);
      assert.equal(await store.chainOf('mychain'), 424_242);
    });

    it('tells the chain of its network, and of no other', async (t) => {
      const store = await opened(t);
      await store.apply([put(sampleContract('LookCoin', 97)), put(sampleContract('LookCoin', 56))]);
      assert.equal(await store.chainOf('bsctestnet'), 97);
      assert.equal(await store.chainOf('bscmainnet'), 56);
      assert.equal(await store.chainOf('basesepolia'), null);
    });

    it('belongs to its chain only', async (t) => {
      const store = await opened(t);
      const here = sampleContract('LookCoin', 97, { timestamp: 1_754_079_530_001 });
      const there = sampleContract('LookCoin', 56, { timestamp: 1_754_079_530_002 });
      await store.apply([put(here), put(there)]);
      assertSameContract(await store.read(testnet, 'LookCoin'), here);
      assertSameContract(await store.read(mainnet, 'LookCoin'), there);
      assertSameContracts(await store.list(mainnet), [there]);
      await store.apply([{ kind: 'delete', scope: testnet, contractName: 'LookCoin' }]);
      assert.equal(await store.read(testnet, 'LookCoin'), null);
      assertSameContract(await store.read(mainnet, 'LookCoin'), there);
    });

    it('is listed ascending by chain id as a number, then by name in UTF-16 order', async (t) => {
      const store = await opened(t);
      const order = [
        [56, 'Zebra'],
        [97, 'A'],
        [97, 'B'],
        [97, 'Z'],
        [97, '_x'],
        [97, 'a'],
        [84532, 'A'],
      ] as const;
      const contracts = order.map(([chainId, contractName]) => sampleContract(contractName, chainId));
      await store.apply([4, 0, 6, 2, 5, 1, 3].flatMap((index) => contracts.slice(index, index + 1)).map(put));
      assertSameContracts(await store.list(), contracts);
      assertSameContracts(await store.list(testnet), contracts.slice(1, 6));
    });

    it('is replaced whole by the next put of its name: a field that is no longer given is gone', async (t) => {
      const store = await opened(t);
      await store.apply([put(sampleContract('LookCoin', 97, { 'x-note': 'first', deploymentArgs: ['1'] }))]);
      const next = sampleContract('LookCoin', 97, { deploymentArgs: ['2'] });
      assert.deepEqual(await store.apply([put(next)]), [true]);
      assertSameContracts(await store.list(), [next]);
    });

    it('is not changed by the same put again', async (t) => {
      const store = await opened(t);
      const contract = sampleContract('LookCoin', 97, { deploymentArgs: [5n, ['a']] });
      assert.deepEqual(await store.apply([put(contract)]), [true]);
      assert.deepEqual(await store.apply([put({ ...contract })]), [false]);
      assertSameContracts(await store.list(), [contract]);
    });

    it('is a copy: neither what was given nor what is read leads into the store', async (t) => {
      const store = await opened(t);
      const given = sampleContract('LookCoin', 97, { deploymentArgs: ['kept'] });
      await store.apply([put(given)]);
      (given.deploymentArgs as string[]).push('later');
      const read = await store.read(testnet, 'LookCoin');
      (read?.deploymentArgs as string[]).push('later');
      const [listed] = await store.list();
      (listed?.deploymentArgs as string[]).push('later');
      assert.deepEqual((await store.read(testnet, 'LookCoin'))?.deploymentArgs, ['kept']);
    });
  });

  describe(`${name}: several changes at once`, () => {
    it('are made one after the other, and each says whether it changed anything', async (t) => {
      const store = await opened(t);
      const [one, two] = [
        sampleContract('LookCoin', 97),
        sampleContract('LookCoin', 97, { timestamp: 1_754_079_530_999 }),
      ];
      const remove: StoreChange = { kind: 'delete', scope: testnet, contractName: 'LookCoin' };
      assert.deepEqual(await store.apply([put(one), put(two)]), [true, true]);
      assertSameContracts(await store.list(), [two]);
      assert.deepEqual(await store.apply([remove, put(one)]), [true, true]);
      assertSameContracts(await store.list(), [one]);
      assert.deepEqual(await store.apply([remove, remove, put(two), remove]), [true, false, true, true]);
      assert.deepEqual(await store.list(), []);
    });

    it('may be of several chains', async (t) => {
      const store = await opened(t);
      const contracts = [sampleContract('LookCoin', 56), sampleContract('LookCoin', 97), sampleContract('A', 84532)];
      assert.deepEqual(await store.apply(contracts.map(put)), [true, true, true]);
      assertSameContracts(await store.list(), contracts);
    });

    for (const [what, bad] of Object.entries(badContracts)) {
      it(`are all refused for one of them: ${what}`, async (t) => {
        const { store, reopen } = await open(t);
        t.after(() => store.close());
        const there = sampleContract('LookCoin', 97);
        await store.apply([put(there)]);
        const version = await store.version();
        const changes: StoreChange[] = [
          { kind: 'delete', scope: testnet, contractName: 'LookCoin' },
          put(sampleContract('A', 56)),
          { kind: 'put', scope: testnet, contract: bad.contract() },
          put(sampleContract('B', 97)),
        ];
        await refuses(bad.codes, store.apply(changes));
        assertSameContracts(await store.list(), [there]);
        assert.equal(await store.version(), version);
        await store.close();
        assertSameContracts(await (await reopened(t, reopen)).list(), [there]);
      });
    }

    it('keep a name with a meaning of its own in JavaScript, or refuse it, and never touch a prototype', async (t) => {
      for (const word of ['constructor', '__proto__']) {
        const store = await opened(t);
        const contract = sampleContract(word, 97);
        const outcome = await store.apply([put(contract)]).catch(() => null);
        assertSameContracts(await store.list(), outcome === null ? [] : [contract]);
        assert.equal(Object.hasOwn(Object.prototype, 'chainId'), false);
      }
    });
  });

  describe(`${name}: many callers`, () => {
    it('20 puts at once are all there, after a reopen too', async (t) => {
      const { store, reopen } = await open(t);
      const contracts = Array.from({ length: 20 }, (_, index) =>
        sampleContract(`Contract${String(index).padStart(2, '0')}`, index % 2 === 0 ? 97 : 56, {
          deploymentArgs: [index],
        }),
      );
      const outcomes = await Promise.all(contracts.map((contract) => store.apply([put(contract)])));
      assert.deepEqual(outcomes.flat(), Array(20).fill(true));
      const expected = [...contracts].sort((a, b) => a.chainId - b.chainId);
      assertSameContracts(await store.list(), expected);
      await store.close();
      assertSameContracts(await (await reopened(t, reopen)).list(), expected);
    });

    it('a read after a put sees it, whatever else is going on', async (t) => {
      const store = await opened(t);
      const each = async (index: number): Promise<void> => {
        const contract = sampleContract(`Contract${index}`, 97);
        await store.apply([put(contract)]);
        assertSameContract(await store.read(testnet, contract.contractName), contract);
      };
      await Promise.all(Array.from({ length: 8 }, (_, index) => each(index)));
    });

    it('of 5 deletes of one contract at once exactly one changes something', async (t) => {
      const store = await opened(t);
      await store.apply([put(sampleContract('LookCoin', 97))]);
      const remove: StoreChange = { kind: 'delete', scope: testnet, contractName: 'LookCoin' };
      const outcomes = await Promise.all(Array.from({ length: 5 }, () => store.apply([remove])));
      assert.equal(outcomes.flat().filter(Boolean).length, 1);
    });

    it('a close while puts are under way loses none that is answered for', async (t) => {
      const { store, reopen } = await open(t);
      await store.apply([put(sampleContract('First', 97))]);
      const contracts = Array.from({ length: 5 }, (_, index) => sampleContract(`Contract${index}`, 97));
      const puts = contracts.map((contract) => store.apply([put(contract)]));
      const closed = store.close();
      const outcomes = await Promise.allSettled(puts);
      await closed;
      const again = await reopened(t, reopen);
      for (const [index, outcome] of outcomes.entries()) {
        const found = await again.read(testnet, `Contract${index}`);
        assert.equal(found !== null, outcome.status === 'fulfilled', `Contract${index} is ${outcome.status}`);
      }
      assert.notEqual(await again.read(testnet, 'First'), null);
    });

    it('a second store over the same place sees what the first one wrote', async (t) => {
      const { store, reopen } = await open(t);
      await store.apply([put(sampleContract('LookCoin', 97))]);
      await store.close();
      const second = await reopened(t, reopen);
      await second.apply([put(sampleContract('SupplyOracle', 97))]);
      await second.close();
      const third = await reopened(t, reopen);
      assert.equal((await third.list()).length, 2);
    });

    it('closing twice, or without having opened, is no error', async (t) => {
      const { store } = await open(t);
      await store.close();
      await store.close();
    });
  });

  describe(`${name}: the version`, () => {
    it('differs after each change and stays while nothing changes, where there is one', async (t) => {
      const store = await opened(t);
      const seen: (string | null)[] = [];
      for (const change of changesOfVersion) {
        await store.apply([change]);
        const version = await store.version();
        await store.list();
        assert.equal(await store.version(), version);
        seen.push(version);
      }
      if (seen.some((version) => version === null)) {
        t.skip('this store tells only by reading');
        return;
      }
      assert.equal(new Set(seen.slice(0, 2)).size, 2);
      assert.notEqual(seen[2], seen[1]);
    });

    it('differs from before when another store wrote meanwhile, where there is one', async (t) => {
      const { store, reopen } = await open(t);
      await store.apply([put(sampleContract('LookCoin', 97))]);
      const before = await store.version();
      await store.close();
      const other = await reopened(t, reopen);
      await other.apply([put(sampleContract('SupplyOracle', 97))]);
      const after = await other.version();
      if (before === null) {
        t.skip('this store tells only by reading');
        return;
      }
      assert.notEqual(after, before);
    });
  });

  describe(`${name}: what cannot be read`, () => {
    it('is refused, never taken for "not there"', async (t) => {
      const { store, reopen, damage } = await open(t);
      if (damage === undefined) {
        t.skip('nothing of this store can be damaged');
        return;
      }
      await store.apply([put(sampleContract('LookCoin', 97))]);
      await store.close();
      await damage();
      const again = await reopened(t, reopen);
      await refuses([], again.read(testnet, 'LookCoin'));
      await refuses([], again.list(testnet));
      await refuses([], again.apply([put(sampleContract('SupplyOracle', 97))]));
      const problems = await again.inspect().catch(() => 'refused');
      assert.notDeepEqual(problems, []);
    });
  });
}

const names = [
  'contracts/x/A.sol:A',
  'contracts/xchain/CrossChainRouter.sol:CrossChainRouter',
  'a-b-c',
  'Vault#usdc',
  '$token',
  'toString',
  'hasOwnProperty',
  'v1.2.3',
];

const shapes: Readonly<Record<string, ContractType>> = {
  'every known field': sampleContract('LookCoin', 97, {
    hashScheme: 'creation-nometa',
    deploymentArgs: ['0x6cA5a425D66B30C84Cca43Af03C3762c2c927746', '20000000000000000000000000', [97, 84532], {}],
  }),
  'nothing but name, chain and address': {
    contractName: 'LookCoin',
    chainId: 97,
    address: '0x6cA5a425D66B30C84Cca43Af03C3762c2c927746',
  },
  'a contract without a proxy': sampleContract('LookCoin', 97, { proxyAddress: undefined }),
  'a proxy whose implementation nobody knows': sampleContract('LookCoin', 97, { address: undefined }),
  'null and empty text for unknown': sampleContract('LookCoin', 97, {
    factoryByteCodeHash: '',
    implementationHash: null,
    deploymentArgs: null,
  }),
  'no arguments, which is not unknown arguments': sampleContract('LookCoin', 97, { deploymentArgs: [] }),
  'native bigints, small, negative and huge, at every depth': sampleContract('LookCoin', 97, {
    deploymentArgs: [0n, -7n, 2n ** 256n - 1n, [1n, [2n, { cap: 3n }]]],
    'x-limits': { daily: 20_000_000_000_000_000_000_000_000n },
  }),
  'texts that look like numbers, and numbers, each as it was': sampleContract('LookCoin', 97, {
    deploymentArgs: ['1', 1, '9007199254740993', 9007199254740991, -1, 1.5, '0x01', '007'],
  }),
  'nested lists, booleans, nulls and empty texts': sampleContract('LookCoin', 97, {
    deploymentArgs: [[], [[]], [[1, [2, [3]]], true, false, null, '', { a: null, b: [] }]],
  }),
  'fields that nobody knows': sampleContract('LookCoin', 97, {
    compiler: '0.8.28+commit.7893614a',
    'x-notes': { by: 'ops', constructor: 'a word', list: [null, { deep: [true] }] },
    custom_field: 7,
  }),
  'a deployedAt in nanoseconds, as text': sampleContract('LookCoin', 97, { deployedAt: '1723456789123456789' }),
  'text of other scripts, controls and quotes': sampleContract('LookCoin', 97, {
    deploymentArgs: ['Ключ 鍵 \u{1f511}', 'a\u0000b\nc\u2028d', '"quoted" \\ back'],
  }),
  'its own spelling of the network': sampleContract('LookCoin', 97, { networkName: 'BSC Testnet' }),
};

const badContracts: Readonly<Record<string, { codes: readonly string[]; contract: () => ContractType }>> = {
  'a function among the arguments': {
    codes: ['BAD_INPUT'],
    contract: () => sampleContract('Bad', 97, { deploymentArgs: [() => 1] }),
  },
  'a value that contains itself': {
    codes: ['BAD_INPUT'],
    contract: () => {
      const circle: unknown[] = [];
      circle.push(circle);
      return sampleContract('Bad', 97, { deploymentArgs: circle });
    },
  },
  'a number that is none': {
    codes: ['BAD_INPUT'],
    contract: () => sampleContract('Bad', 97, { deploymentArgs: [Number.NaN] }),
  },
  'no name': {
    codes: ['BAD_INPUT', 'RECORD_INVALID', 'RECORD_NAME_INVALID'],
    contract: () => sampleContract('', 97),
  },
  'another chain than its scope': {
    codes: ['CHAIN_ID_MISMATCH'],
    contract: () => sampleContract('Bad', 56),
  },
};

const changesOfVersion: readonly StoreChange[] = [
  put(sampleContract('LookCoin', 97)),
  put(sampleContract('LookCoin', 97, { timestamp: 1_754_079_530_999 })),
  { kind: 'delete', scope: testnet, contractName: 'LookCoin' },
];

/** Under the network that the sample's chain has. */
function put(contract: ContractType): StoreChange {
  const network = new Map([
    [56, 'bscmainnet'],
    [97, 'bsctestnet'],
    [84532, 'basesepolia'],
  ]).get(contract.chainId);
  return { kind: 'put', scope: { chainId: contract.chainId, network }, contract };
}

async function reopened(t: TestContext, reopen: () => Promise<ContractStore>): Promise<ContractStore> {
  const store = await reopen();
  t.after(() => store.close());
  return store;
}
