// Written from the API reference of document 000 and nothing else: which backend it is, it knows by name only.
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { StateManagerFactory } from '../../../src/index.js';
import { deployProxy, upgradeProxy } from './pretend-chain.js';

type Compiled = { contractName: string; implementationHash: string; constructorArgs: string[] };

const [, , backend, inputs = ''] = process.argv;
const { time, contracts } = JSON.parse(readFileSync(inputs, 'utf8')) as { time: string; contracts: Compiled[] };
const say = (line: object) => {
  process.stdout.write(
    `${JSON.stringify(line, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))}\n`,
  );
};

const manager = await StateManagerFactory.createManager('bsctestnet', { backend });

for (const { contractName, implementationHash, constructorArgs } of contracts) {
  const deployment = await manager.fetchDeployOrUpgradeProxy({ contractName, implementationHash, constructorArgs });
  const deployedAt = BigInt(time);
  if (deployment.action === 'upgrade') {
    const proxyAddress = deployment.proxyAddress ?? '';
    const existing = await manager.getContract(proxyAddress);
    if (existing === null) throw new Error(`${proxyAddress} is to be upgraded and is not there`);
    const proxy = { proxyAddress, ...upgradeProxy(contractName, implementationHash) };
    await manager.putContract(proxyAddress, { ...existing, deployedAt, implementationHash, proxy });
    say({ upgraded: contractName, ...proxy });
  } else if (deployment.action === 'deploy') {
    const proxy = deployProxy(contractName, implementationHash, time);
    await manager.putContract(proxy.proxyAddress, {
      name: contractName,
      address: proxy.proxyAddress,
      deployedAt,
      implementationHash,
      constructorArgs: constructorArgs.map((arg) => (/^\d+$/.test(arg) ? BigInt(arg) : arg)),
      proxy,
      metadata: { contractType: 'core', upgradeable: true, hasLayerZeroSupport: contractName === 'LookCoin' },
    });
    say({ deployed: contractName, ...proxy });
  } else {
    say({ left: contractName, action: deployment.action, proxyAddress: deployment.proxyAddress });
  }
}

for (const contract of await manager.queryContracts({ metadata: { upgradeable: true } })) {
  const again = await manager.getContract(contract.address);
  say({
    name: contract.name,
    address: contract.address,
    deployedAt: contract.deployedAt,
    implementationHash: contract.implementationHash,
    constructorArgs: again?.constructorArgs,
    proxy: again?.proxy,
    metadata: again?.metadata,
  });
}
await manager.close();
