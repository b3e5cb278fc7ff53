import fc from 'fast-check';
import type { Json, JsonObject } from '../../src/core/json.js';
import { address, hash } from './arbitrary-state.js';

/** The name of the nth contract in `arbitraryContracts`. */
const names = ['Token', 'contracts/x/Router.sol:Router', 'Vault#usdc', 'toString', '10', 'constructorOf'];

/** A contract on chain 4242 as ContractType, bigints tagged, with addresses of its own number. */
function arbitraryContract(n: number): fc.Arbitrary<JsonObject> {
  const proxy = address(2 * n);
  const code = address(2 * n + 1);
  const addresses = fc.constantFrom<JsonObject>(
    { address: code },
    { address: code.toLowerCase() },
    { proxyAddress: proxy },
    { proxyAddress: proxy, address: proxy },
    { proxyAddress: proxy, address: proxy.toLowerCase() },
    { proxyAddress: proxy, address: code },
  );
  const hashes = fc.constantFrom('', hash(1), hash(2));
  const free = fc.constantFrom<Json>(null, 'x', 7, ['1000000000000000000000000000', [97, 56]], {
    constructor: { _type: 'bigint', _value: '5' },
  });
  const others = fc.record(
    {
      networkName: fc.constantFrom('examplenet', 'Example Net', ''),
      factoryByteCodeHash: hashes,
      implementationHash: hashes,
      hashScheme: fc.constant('creation-nometa'),
      deploymentArgs: fc.constantFrom<Json>([], ['1e27', { _type: 'bigint', _value: '20000000000000000000000000' }]),
      timestamp: fc.constantFrom(0, 1754079530056, 1754079530999),
      deployedAt: fc.constantFrom('1723456789123456789', '2025-08-01T20:18:50.055Z', 'once'),
      metadata: free,
      proxyKind: fc.constant('uups'),
      'x-proxy': fc.constantFrom<Json>({ admin: 'somebody' }, { proxyAddress: 'no' }, 'text'),
      contractDetails: free,
      proxy: fc.constant('x'),
      name: free,
      note: free,
      constructorArgs: free,
    },
    { requiredKeys: [], noNullPrototype: true },
  );
  return fc
    .tuple(addresses, others)
    .map(([at, rest]) => ({ contractName: names[n] ?? '', chainId: 4242, ...at, ...rest }));
}

/** Up to six contracts of different names and addresses. */
export function arbitraryContracts(): fc.Arbitrary<JsonObject[]> {
  return fc
    .tuple(...names.map((_, n) => fc.option(arbitraryContract(n), { nil: null })))
    .map((all) => all.filter((each) => each !== null));
}
