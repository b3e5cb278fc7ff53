import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { ContractType } from '../../src/core/model/contract-type.js';
import type { ContractInfo, IStateManager, QueryOptions } from '../../src/managers/istate-manager.js';
import {
  addressOf,
  assertSameContract,
  assertSameContracts,
  assertSameInfo,
  refuses,
  sampleContract,
  sampleInfo,
} from '../support/contracts.js';

/** Managers over one place, which holds nothing at first: of a network, or of none. */
export type OpenManager = (network: string | null, options?: { readonly chainId?: number }) => IStateManager;

/** A place of its own at each call. Managers are closed by the suite, places are cleaned up after `t`. */
export type ManagerFactory = (t: TestContext) => Promise<OpenManager>;

/** What every state manager does in both documented signatures, whatever store it stands on. */
export function stateManagerSuite(name: string, place: ManagerFactory): void {
  const opened = async (t: TestContext): Promise<OpenManager> => {
    const open = await place(t);
    return (network, options) => {
      const manager = open(network, options);
      t.after(() => manager.close());
      return manager;
    };
  };
  const bound = async (t: TestContext): Promise<IStateManager> => (await opened(t))('bsctestnet');

  describe(`${name}: by address`, () => {
    it('an address that nobody has is null, not there, and no delete', async (t) => {
      const manager = await bound(t);
      const unknown = addressOf('nobody');
      assert.equal(manager.network, 'bsctestnet');
      assert.equal(await manager.getContract(unknown), null);
      assert.equal(await manager.exists(unknown), false);
      assert.equal(await manager.deleteContract(unknown), false);
      assert.deepEqual(await manager.getAllContracts(), []);
      assert.deepEqual(await manager.getAllAddresses(), []);
    });

    for (const [what, info] of Object.entries(infos)) {
      it(`comes back as it was put: ${what}`, async (t) => {
        const manager = await bound(t);
        await manager.putContract(info.address, info);
        assertSameInfo(await manager.getContract(info.address), info);
        const all = await manager.getAllContracts();
        assert.equal(all.length, 1);
        assertSameInfo(all[0], info);
        assert.equal(await manager.exists(info.address), true);
      });
    }

    it('is found by its proxy and by its implementation, in any case', async (t) => {
      const manager = await bound(t);
      const info = sampleInfo('LookCoin');
      const { proxyAddress, implementationAddress = '' } = info.proxy ?? { proxyAddress: '' };
      await manager.putContract(info.address, info);
      for (const address of [proxyAddress, implementationAddress]) {
        assertSameInfo(await manager.getContract(address), info);
        assertSameInfo(await manager.getContract(`0x${address.slice(2).toUpperCase()}`), info);
      }
      assert.deepEqual((await manager.getAllAddresses()).map(lower), [lower(proxyAddress)]);
    });

    it('may be put under its implementation', async (t) => {
      const manager = await bound(t);
      const { proxy } = sampleInfo('LookCoin');
      const address = proxy?.implementationAddress ?? '';
      await manager.putContract(address, sampleInfo('LookCoin', { address }));
      assert.equal(lower((await manager.getContract(address))?.address ?? ''), lower(proxy?.proxyAddress ?? ''));
    });

    it('of two contracts with one implementation is ambiguous for that, and clear for each proxy', async (t) => {
      const manager = await bound(t);
      const implementation = addressOf('shared');
      const contracts = ['One', 'Two'].map((each) => sampleContract(each, 97, { address: implementation }));
      for (const contract of contracts) await manager.putContract(97, contract);
      const error = await refuses(['ADDRESS_AMBIGUOUS'], manager.getContract(implementation));
      assert.deepEqual(error.details['names'], ['One', 'Two']);
      await refuses(['ADDRESS_AMBIGUOUS'], manager.exists(implementation));
      await refuses(['ADDRESS_AMBIGUOUS'], manager.deleteContract(implementation));
      assert.equal((await manager.getContract(contracts[1]?.proxyAddress ?? ''))?.name, 'Two');
      assertSameContracts(await manager.getAllContracts(97), contracts);
    });

    it('cannot become another contract, which would leave two under one address', async (t) => {
      const manager = await bound(t);
      const info = sampleInfo('LookCoin');
      await manager.putContract(info.address, info);
      await refuses(['ADDRESS_AMBIGUOUS'], manager.putContract(info.address, { ...info, name: 'Other' }));
      assert.deepEqual((await manager.getAllContracts(97)).map(nameOf), ['LookCoin']);
    });

    it('is deleted by proxy or implementation, and says whether it was there', async (t) => {
      const manager = await bound(t);
      const info = sampleInfo('LookCoin');
      for (const address of [info.address, info.proxy?.implementationAddress ?? '']) {
        await manager.putContract(info.address, info);
        assert.equal(await manager.deleteContract(address), true);
        assert.equal(await manager.deleteContract(address), false);
        assert.equal(await manager.getContract(info.address), null);
      }
    });

    it('is of its network only', async (t) => {
      const open = await opened(t);
      const [here, there] = [open('bsctestnet'), open('bscmainnet')];
      const info = sampleInfo('LookCoin');
      await here.putContract(info.address, info);
      assert.equal(await there.getContract(info.address), null);
      assert.deepEqual(await there.getAllContracts(), []);
      await there.putContract(info.address, { ...info, constructorArgs: ['there'] });
      assertSameInfo(await here.getContract(info.address), info);
      assert.deepEqual((await there.getContract(info.address))?.constructorArgs, ['there']);
    });

    for (const [what, address, info] of badInfos) {
      it(`is refused: ${what}`, async (t) => {
        const manager = await bound(t);
        await refuses(['BAD_INPUT'], manager.putContract(address, info));
        assert.deepEqual(await manager.getAllContracts(), []);
      });
    }

    it('what is no address is refused, never "not found"', async (t) => {
      const manager = await bound(t);
      for (const text of ['', 'LookCoin', '0x12', `0x${'g'.repeat(40)}`]) {
        await refuses(['BAD_INPUT'], manager.getContract(text));
        await refuses(['BAD_INPUT'], manager.exists(text));
        await refuses(['BAD_INPUT'], manager.deleteContract(text));
      }
    });

    it('of a network that nobody knows needs its chain id', async (t) => {
      const open = await opened(t);
      await refuses(['CHAIN_ID_UNKNOWN'], open('nowhere').getContract(addressOf('x')));
      const manager = open('nowhere', { chainId: 424_242 });
      const info = sampleInfo('LookCoin');
      await manager.putContract(info.address, info);
      assertSameInfo(await manager.getContract(info.address), info);
      assert.equal((await manager.getContract(424_242, 'LookCoin'))?.chainId, 424_242);
      assertSameInfo(await open('nowhere').getContract(info.address), info);
    });

    it('means nothing to a manager without a network', async (t) => {
      const manager = (await opened(t))(null);
      const info = sampleInfo('LookCoin');
      assert.equal(manager.network, null);
      for (const attempt of [
        manager.getContract(info.address),
        manager.putContract(info.address, info),
        manager.putContracts(new Map([[info.address, info]])),
        manager.getAllContracts(),
        manager.getAllAddresses(),
        manager.queryContracts({ name: 'LookCoin' }),
      ]) {
        await refuses(['BAD_USAGE'], attempt);
      }
    });
  });

  describe(`${name}: a batch by address`, () => {
    it('is put whole', async (t) => {
      const manager = await bound(t);
      const batch = ['B', 'A', 'C'].map((each) => sampleInfo(each));
      await manager.putContracts(new Map(batch.map((info) => [info.address, info])));
      assert.deepEqual(
        (await manager.getAllContracts()).map((info) => info.name),
        ['A', 'B', 'C'],
      );
    });

    it('is not put at all for one that is wrong', async (t) => {
      const manager = await bound(t);
      const [good, bad] = [sampleInfo('Good'), sampleInfo('Bad', { address: addressOf('elsewhere') })];
      const batch = new Map([
        [good.address, good],
        [bad.proxy?.proxyAddress ?? '', bad],
      ]);
      await refuses(['BAD_INPUT'], manager.putContracts(batch));
      assert.deepEqual(await manager.getAllContracts(), []);
    });
  });

  describe(`${name}: by chain id and name`, () => {
    it('what nobody put is null, not there, and no delete', async (t) => {
      const manager = (await opened(t))(null);
      assert.equal(await manager.getContract(97, 'LookCoin'), null);
      assert.equal(await manager.hasContract(97, 'LookCoin'), false);
      assert.equal(await manager.deleteContract(97, 'LookCoin'), false);
      assert.deepEqual(await manager.getAllContracts(97), []);
    });

    it('comes back as it was put, and goes', async (t) => {
      const manager = (await opened(t))(null);
      const contract = sampleContract('contracts/x/A.sol:A', 97, {
        deploymentArgs: [7n, ['text']],
        'x-note': { a: 1 },
      });
      await manager.putContract(97, contract);
      assertSameContract(await manager.getContract(97, contract.contractName), contract);
      assert.equal(await manager.hasContract(97, contract.contractName), true);
      assert.equal(await manager.hasContract(56, contract.contractName), false);
      assert.equal(await manager.deleteContract(97, contract.contractName), true);
      assert.equal(await manager.hasContract(97, contract.contractName), false);
    });

    it('needs no chainId in the contract, and refuses another one', async (t) => {
      const manager = (await opened(t))(null);
      const { chainId, ...rest } = sampleContract('LookCoin', 97);
      assert.equal(chainId, 97);
      await manager.putContract(97, rest as ContractType);
      assert.equal((await manager.getContract(97, 'LookCoin'))?.chainId, 97);
      await refuses(['CHAIN_ID_MISMATCH'], manager.putContract(56, sampleContract('LookCoin', 97)));
      assert.equal(await manager.hasContract(56, 'LookCoin'), false);
    });

    it('what plain JavaScript may pass for a contract is refused: nothing, a name, a contract without one', async (t) => {
      const manager = (await opened(t))(null);
      const { contractName, ...nameless } = sampleContract('LookCoin', 97);
      for (const contract of [undefined, null, contractName, [], nameless, { ...nameless, contractName: 5 }]) {
        await refuses(['BAD_INPUT'], manager.putContract(97, contract as ContractType));
      }
      assert.deepEqual(await manager.getAllContracts(97), []);
    });

    it('a chain id alone names nothing', async (t) => {
      const manager = (await opened(t))(null);
      await refuses(['BAD_USAGE'], manager.getContract(97, ''));
      await refuses(['BAD_USAGE'], manager.hasContract(97, ''));
      await refuses(['BAD_USAGE'], manager.deleteContract(97, ''));
    });

    it('what the store cannot hold is refused', async (t) => {
      const manager = (await opened(t))(null);
      const contract = sampleContract('LookCoin', 97, { deploymentArgs: [Symbol('no')] });
      await refuses(['BAD_INPUT'], manager.putContract(97, contract));
      assert.equal(await manager.hasContract(97, 'LookCoin'), false);
    });

    it('all of a chain come by name, ascending', async (t) => {
      const manager = (await opened(t))(null);
      const contracts = ['A', 'B', 'a'].map((each) => sampleContract(each, 97));
      for (const contract of [...contracts].reverse()) await manager.putContract(97, contract);
      await manager.putContract(56, sampleContract('Z', 56));
      assertSameContracts(await manager.getAllContracts(97), contracts);
      assertSameContracts(await manager.getAllContracts(56), [sampleContract('Z', 56)]);
    });

    it('what was read can be changed and put back', async (t) => {
      const manager = await bound(t);
      await manager.putContract(97, sampleContract('LookCoin', 97, { 'x-note': 'kept', deploymentArgs: [5n] }));
      const existing = await manager.getContract(97, 'LookCoin');
      assert.ok(existing !== null);
      const address = addressOf('the next implementation');
      await manager.putContract(97, { ...existing, address, timestamp: 1_760_000_000_000 });
      assertSameContract(
        await manager.getContract(97, 'LookCoin'),
        sampleContract('LookCoin', 97, {
          address,
          'x-note': 'kept',
          deploymentArgs: [5n],
          timestamp: 1_760_000_000_000,
        }),
      );
      const info = await manager.getContract(address);
      assert.ok(info !== null);
      await manager.putContract(info.address, { ...info, metadata: { upgradeable: true } });
      assert.deepEqual((await manager.getContract(address))?.metadata, { upgradeable: true });
    });
  });

  describe(`${name}: both signatures`, () => {
    it('see the same contract, put by chain id and name', async (t) => {
      const manager = await bound(t);
      const contract = sampleContract('LookCoin', 97, { deploymentArgs: [9n] });
      await manager.putContract(97, contract);
      const info = await manager.getContract(contract.proxyAddress ?? '');
      assert.equal(info?.name, 'LookCoin');
      assert.equal(lower(info.address), contract.proxyAddress);
      assert.equal(lower(info.proxy?.implementationAddress ?? ''), contract.address);
      assert.deepEqual(info.constructorArgs, [9n]);
      assert.equal(info.deployedAt, 1_754_079_530_056n);
      assert.equal(info.implementationHash, contract.implementationHash);
    });

    it('see the same contract, put by address', async (t) => {
      const manager = await bound(t);
      const info = sampleInfo('LookCoin', { deployedAt: 1_723_456_789_123_456_789n });
      await manager.putContract(info.address, info);
      const contract = await manager.getContract(97, 'LookCoin');
      assert.equal(contract?.chainId, 97);
      assert.equal(contract.networkName, 'bsctestnet');
      assert.equal(lower(contract.proxyAddress ?? ''), lower(info.address));
      assert.equal(lower(contract.address ?? ''), lower(info.proxy?.implementationAddress ?? ''));
      assert.equal(contract.timestamp, 1_723_456_789_123);
      assert.deepEqual(contract.deploymentArgs, info.constructorArgs);
    });

    it('see the same contract through two managers', async (t) => {
      const open = await opened(t);
      const info = sampleInfo('LookCoin');
      await open('bsctestnet').putContract(info.address, info);
      assertSameInfo(await open('bsctestnet').getContract(info.address), info);
      assert.equal((await open(null).getContract(97, 'LookCoin'))?.contractName, 'LookCoin');
    });
  });

  describe(`${name}: queries`, () => {
    it('by filter match members, nested ones too, and hex without case', async (t) => {
      const manager = await bound(t);
      const upgradeable = sampleInfo('A', { metadata: { upgradeable: true, contractType: 'core' } });
      const fixed = sampleInfo('B', { metadata: { upgradeable: false, contractType: 'core' } });
      for (const info of [upgradeable, fixed]) await manager.putContract(info.address, info);
      const found = async (filter: object) =>
        (await manager.queryContracts(filter as Record<string, unknown>)).map((info) => info.name);
      assert.deepEqual(await found({ metadata: { upgradeable: true } }), ['A']);
      assert.deepEqual(await found({ metadata: { contractType: 'core' } }), ['A', 'B']);
      assert.deepEqual(await found({ metadata: { contractType: 'core', upgradeable: 'true' } }), []);
      assert.deepEqual(await found({ name: 'B' }), ['B']);
      assert.deepEqual(await found({ address: `0x${upgradeable.address.slice(2).toUpperCase()}` }), ['A']);
      assert.deepEqual(await found({ constructor: {} }), []);
      assert.deepEqual(await found({}), ['A', 'B']);
    });

    it('by options match everything that is given, in order, and a page of it', async (t) => {
      const manager = (await opened(t))(null);
      const contracts = [10, 20, 30, 40].map((time) =>
        sampleContract(`C${time}`, 97, { timestamp: 1_754_079_530_000 + time }),
      );
      for (const contract of contracts) await manager.putContract(97, contract);
      await manager.putContract(56, sampleContract('C10', 56));
      const found = async (options: Omit<QueryOptions, 'chainId'>) =>
        (await manager.queryContracts({ chainId: 97, ...options })).map(nameOf);
      assert.deepEqual(await found({}), ['C10', 'C20', 'C30', 'C40']);
      assert.deepEqual(await found({ contractName: 'C20' }), ['C20']);
      assert.deepEqual(await found({ networkName: 'bscmainnet' }), []);
      assert.deepEqual(await found({ networkName: 'bsctestnet', limit: 1 }), ['C10']);
      const { address, proxyAddress } = contracts[2] ?? sampleContract('C30', 97);
      assert.deepEqual(await found({ address: `0x${address?.slice(2).toUpperCase() ?? ''}` }), ['C30']);
      assert.deepEqual(await found({ proxyAddress: `0x${proxyAddress?.slice(2).toUpperCase() ?? ''}` }), ['C30']);
      assert.deepEqual(await found({ fromTimestamp: 1_754_079_530_020, toTimestamp: 1_754_079_530_030 }), [
        'C20',
        'C30',
      ]);
      assert.deepEqual(await found({ offset: 1, limit: 2 }), ['C20', 'C30']);
      assert.deepEqual(await found({ offset: 9 }), []);
    });
  });

  describe(`${name}: export and import`, () => {
    it('carry everything into another place, once', async (t) => {
      const [from, to] = [(await opened(t))(null), (await opened(t))(null)];
      const contracts = [
        sampleContract('LookCoin', 56),
        sampleContract('LookCoin', 97, { deploymentArgs: [2n ** 80n, [1], 'text'], 'x-note': { a: [null] } }),
        sampleContract('contracts/x/A.sol:A', 97),
      ];
      for (const contract of contracts) await from.putContract(contract.chainId, contract);
      const data = await from.exportAll();
      await to.importAll(data);
      await to.importAll(data);
      for (const chainId of [56, 97]) {
        assertSameContracts(
          await to.getAllContracts(chainId),
          contracts.filter((contract) => contract.chainId === chainId),
        );
      }
    });

    it('have the documented form', async (t) => {
      const manager = (await opened(t))(null);
      for (const chainId of [56, 97]) await manager.putContract(chainId, sampleContract('LookCoin', chainId));
      const root = JSON.parse(await manager.exportAll()) as Record<string, unknown>;
      assert.equal(root['format'], 'json');
      assert.equal(root['totalContracts'], 2);
      assert.match(String(root['exportTime']), /^\d{4}-\d\d-\d\dT/);
      assert.deepEqual(Object.keys(root['contracts'] as object), ['56-LookCoin', '97-LookCoin']);
      const some = JSON.parse(await manager.exportAll({ chainId: 97, includeMetadata: true })) as Record<
        string,
        unknown
      >;
      assert.deepEqual(Object.keys(some['contracts'] as object), ['97-LookCoin']);
      assert.deepEqual(some['metadata'], { source: manager.getBackendType() });
      await refuses(['BAD_USAGE'], manager.exportAll({ format: 'csv' as 'json' }));
    });

    it('refuse to change what is there, whole, unless they may', async (t) => {
      const [from, to] = [(await opened(t))(null), (await opened(t))(null)];
      const [old, next] = [sampleContract('B', 97), sampleContract('B', 97, { timestamp: 1_760_000_000_000 })];
      await from.putContract(97, sampleContract('A', 97));
      await from.putContract(97, next);
      await to.putContract(97, old);
      const data = await from.exportAll();
      const error = await refuses(['CONFLICT'], to.importAll(data));
      assert.deepEqual(error.details['keys'], ['97-B']);
      assertSameContracts(await to.getAllContracts(97), [old]);
      await to.importAll(data, true);
      assertSameContracts(await to.getAllContracts(97), [sampleContract('A', 97), next]);
    });

    for (const [what, code, data] of badExports) {
      it(`refuse ${what}`, async (t) => {
        const manager = (await opened(t))(null);
        await refuses([code], manager.importAll(data));
        assert.deepEqual(await manager.getAllContracts(97), []);
      });
    }
  });

  describe(`${name}: the manager itself`, () => {
    it('is valid and healthy where nothing is wrong', async (t) => {
      const manager = await bound(t);
      await manager.initialize();
      await manager.initialize();
      await manager.putContract(97, sampleContract('LookCoin', 97));
      assert.deepEqual(await manager.validateIntegrity(), {
        isValid: true,
        errors: [],
        warnings: [],
        totalContracts: 1,
      });
      await manager.validate();
      assert.equal(await manager.isHealthy(), true);
      assert.match(manager.getBackendType(), /^[a-z][a-z0-9-]*$/);
    });

    it('counts what it does', async (t) => {
      const manager = await bound(t);
      await manager.putContract(97, sampleContract('LookCoin', 97));
      await manager.getContract(97, 'LookCoin');
      await manager.getAllContracts(97);
      const before = await manager.getMetrics();
      for (const each of [before.readLatency, before.writeLatency, before.queryLatency]) assert.ok(each > 0);
      assert.equal(before.errorRate, 0);
      await refuses([], manager.putContract(97, sampleContract('Bad', 97, { deploymentArgs: [Symbol('no')] })));
      const { errorRate } = await manager.getMetrics();
      assert.ok(errorRate > 0 && errorRate < 1);
    });

    it('takes 20 puts at once, in both signatures', async (t) => {
      const manager = await bound(t);
      const puts = Array.from({ length: 20 }, (_, index) => {
        const each = `C${String(index).padStart(2, '0')}`;
        const info = sampleInfo(each);
        return index % 2 === 0
          ? manager.putContract(97, sampleContract(each, 97))
          : manager.putContract(info.address, info);
      });
      await Promise.all(puts);
      assert.equal((await manager.getAllContracts()).length, 20);
    });

    it('closes more than once', async (t) => {
      const manager = await bound(t);
      await manager.putContract(97, sampleContract('LookCoin', 97));
      await manager.close();
      await manager.close();
    });
  });
}

const infos: Readonly<Record<string, ContractInfo>> = {
  'everything the documents name': sampleInfo('LookCoin', {
    deployedAt: 1_723_456_789_123_456_789n,
    constructorArgs: ['0x6cA5a425D66B30C84Cca43Af03C3762c2c927746', 10n ** 27n, [97n, [84532]], 'text', true],
    metadata: { contractType: 'token', upgradeable: true, hasLayerZeroSupport: false },
  }),
  'a time in milliseconds': sampleInfo('LookCoin', { deployedAt: 1_754_079_530_056n }),
  'no time and no hash': sampleInfo('LookCoin', { deployedAt: undefined, implementationHash: undefined }),
  'no proxy': sampleInfo('LookCoin', { proxy: undefined }),
  'more in proxy than anybody knows': sampleInfo('LookCoin', {
    proxy: { ...sampleInfo('LookCoin').proxy, admin: addressOf('admin'), kind: 'uups' },
  }),
  'fields that nobody knows': sampleInfo('LookCoin', { verified: { by: 'explorer', at: 5n } }),
};

const badInfos: readonly (readonly [string, string, ContractInfo])[] = [
  ['no address', 'LookCoin', sampleInfo('LookCoin')],
  ['no name', sampleInfo('X').address, { ...sampleInfo('X'), name: undefined } as unknown as ContractInfo],
  ['another address inside', addressOf('elsewhere'), sampleInfo('LookCoin')],
  ['no object', addressOf('x'), null as unknown as ContractInfo],
  ['a time that is none', sampleInfo('X').address, sampleInfo('X', { deployedAt: 5n })],
];

const badExports = [
  ['what is not JSON', 'JSON_PARSE_ERROR', '{'],
  ['what has no contracts', 'BAD_INPUT', '{"format":"json"}'],
  ['a key that names no contract', 'BAD_INPUT', '{"contracts":{"LookCoin":{}}}'],
  ['a contract that is none', 'BAD_INPUT', '{"contracts":{"97-LookCoin":7}}'],
  ['a contract of another chain than its key', 'BAD_INPUT', '{"contracts":{"97-LookCoin":{"chainId":56}}}'],
  ['a contract of another name than its key', 'BAD_INPUT', '{"contracts":{"97-LookCoin":{"contractName":"X"}}}'],
] as const;

function nameOf({ contractName }: ContractType): string {
  return contractName;
}

function lower(text: string): string {
  return text.toLowerCase();
}
