import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ContractType } from '../../../src/core/model/contract-type.js';
import { EventSourcingStateManager } from '../../../src/managers/events/event-sourcing-state-manager.js';
import { template, type TempRepository } from '../../support/temp-repository.js';

const address = (digit: string) => `0x${digit.repeat(40)}`;
const hash = (digit: string) => `0x${digit.repeat(64)}`;
const time = new Date(1_753_441_878_006);

const token: ContractType = {
  contractName: 'Token',
  chainId: 97,
  networkName: 'bsctestnet',
  address: address('1'),
  proxyAddress: address('2'),
  factoryByteCodeHash: hash('a'),
  implementationHash: hash('a'),
  timestamp: 1_753_441_878_006,
};

const start = template((temp) => {
  temp.write('README.md', '# contracts\n');
  temp.commitAll('Begin');
});

const commits = (temp: TempRepository) => Number(temp.git('rev-list', '--count', 'HEAD'));

function managerOf(t: { after(run: () => Promise<void>): void }, temp: TempRepository, network: string | null) {
  const manager = new EventSourcingStateManager(network, { cwd: temp.path, env: temp.env });
  t.after(() => manager.close());
  return manager;
}

describe('the history as events', () => {
  it('has one for each contract that a commit changed, oldest first', async (t) => {
    const temp = start(t);
    const manager = managerOf(t, temp, null);
    assert.deepEqual(await manager.replayEvents(), []);
    await manager.putContract(97, token);
    await manager.putContract(84_532, { ...token, chainId: 84_532, networkName: 'basesepolia' });
    await manager.updateContract(97, 'Token', { address: address('3'), implementationHash: hash('b') });
    await manager.updateContract(97, 'Token', { artifact: 'contracts/Token.sol:Token' });
    await manager.deleteContract(97, 'Token');
    const events = await manager.replayEvents();
    const oids = temp.git('rev-list', '--reverse', 'HEAD').split('\n').slice(1);
    assert.deepEqual(
      events.map(({ id, type, contractAddress }) => [id, type, contractAddress]),
      [
        [`${oids[0] ?? ''}:bsctestnet/Token`, 'deployed', address('2')],
        [`${oids[1] ?? ''}:basesepolia/Token`, 'deployed', address('2')],
        [`${oids[2] ?? ''}:bsctestnet/Token`, 'upgraded', address('2')],
        [`${oids[3] ?? ''}:bsctestnet/Token`, 'configured', address('2')],
        [`${oids[4] ?? ''}:bsctestnet/Token`, 'removed', address('2')],
      ],
    );
    assert.deepEqual(
      events.map(({ data }) => data.contract?.address),
      [address('1'), address('1'), address('3'), address('3'), undefined],
    );
    assert.deepEqual(events.at(0)?.data.contract, token);
    assert.equal(events.at(4)?.checksum, events.at(3)?.checksum);
    assert.equal(new Set(events.map(({ checksum }) => checksum)).size, 4);
    assert.deepEqual(
      (await managerOf(t, temp, 'basesepolia').replayEvents()).map(({ data }) => data.network),
      ['basesepolia'],
    );
    assert.deepEqual(await manager.replayEvents(new Date(Date.now() + 60_000)), []);
    assert.equal((await manager.replayEvents(events.at(0)?.timestamp)).length, 5);
  });

  it('builds the same state when it is appended somewhere else, removals too', async (t) => {
    const [from, to] = [start(t), start(t)];
    const source = managerOf(t, from, null);
    await source.putContract(97, token);
    await source.putContract(97, { ...token, contractName: 'FeeManager', proxyAddress: address('5') });
    await source.updateContract(97, 'Token', { address: address('3'), timestamp: null, 'x-note': 'no time' });
    await source.deleteContract(97, 'FeeManager');
    const target = managerOf(t, to, null);
    for (const event of await source.replayEvents()) await target.appendEvent(event);
    assert.equal(to.git('rev-parse', 'HEAD:deployments'), from.git('rev-parse', 'HEAD:deployments'));
    assert.equal(commits(to), 5);
    assert.match(to.git('log', '-1', '--format=%b'), /State-Source: event [0-9a-f]{40}:bsctestnet\/FeeManager/);
  });

  it('takes the events of a script: deployed, upgraded, configured, removed, and one twice once', async (t) => {
    const temp = start(t);
    const manager = managerOf(t, temp, 'bsctestnet');
    const contractAddress = address('2');
    const deployed = {
      type: 'deployed',
      timestamp: time,
      contractAddress,
      data: { contractName: 'Token', proxyAddress: contractAddress, address: address('1') },
    } as const;
    await manager.appendEvent(deployed);
    assert.deepEqual((await manager.appendEvent(deployed)).commit, null);
    await manager.appendEvent({
      type: 'upgraded',
      timestamp: new Date(time.getTime() + 1),
      contractAddress,
      data: { address: address('3') },
    });
    await manager.appendEvent({ type: 'configured', timestamp: time, contractAddress, data: { 'x-paused': true } });
    assert.deepEqual(await manager.getContract(97, 'Token'), {
      contractName: 'Token',
      chainId: 97,
      networkName: 'bsctestnet',
      address: address('3'),
      proxyAddress: address('2'),
      factoryByteCodeHash: '',
      timestamp: time.getTime() + 1,
      'x-paused': true,
    });
    await manager.appendEvent({ type: 'removed', timestamp: time, contractAddress, data: {} });
    assert.equal(commits(temp), 5);
    assert.deepEqual(
      (await manager.replayEvents()).map(({ type }) => type),
      ['deployed', 'upgraded', 'configured', 'removed'],
    );
  });

  it('refuses an event that contradicts itself or what is there, with no commit', async (t) => {
    const temp = start(t);
    const manager = managerOf(t, temp, 'bsctestnet');
    await manager.putContract(97, token);
    const event = { type: 'configured', timestamp: time, contractAddress: address('2'), data: { 'x-a': 1 } } as const;
    const refused = [
      ['BAD_INPUT', { ...event, contractAddress: 'Token' }],
      ['BAD_INPUT', { ...event, contractAddress: address('9') }],
      ['BAD_INPUT', { ...event, contractAddress: address('9'), data: { contractName: 'Token' } }],
      ['BAD_INPUT', { ...event, type: 'removed', contractAddress: address('9'), data: { contractName: 'Token' } }],
      ['BAD_INPUT', { ...event, type: 'deployed', data: { contractName: 'New', address: address('9') } }],
      ['CHECKSUM_MISMATCH', { ...event, checksum: `sha256:${'0'.repeat(64)}` }],
      ['NOT_FOUND', { ...event, type: 'upgraded', data: { contractName: 'New', address: address('2') } }],
    ] as const;
    for (const [code, bad] of refused) await assert.rejects(manager.appendEvent(bad), { code });
    await assert.rejects(managerOf(t, temp, null).appendEvent({ ...event, data: {} }), { code: 'CHAIN_ID_UNKNOWN' });
    assert.equal(commits(temp), 2);
  });
});

describe('snapshots', () => {
  it('are tags, and restored by one new commit on top', async (t) => {
    const temp = start(t);
    const manager = managerOf(t, temp, null);
    await manager.putContract(97, token);
    const tree = temp.git('rev-parse', 'HEAD:deployments');
    const snapshot = await manager.createSnapshot();
    assert.match(snapshot.id, /^state-snapshot\/\d{8}T\d{6}Z-[0-9a-f]{7}$/);
    assert.equal(snapshot.commit, temp.git('rev-parse', 'HEAD'));
    assert.equal(temp.git('cat-file', '-t', `refs/tags/${snapshot.id}`), 'tag');
    assert.deepEqual(await manager.listSnapshots(), [snapshot]);
    await manager.updateContract(97, 'Token', { address: address('7') });
    await manager.putContract(84_532, { ...token, chainId: 84_532 });
    const before = temp.git('rev-parse', 'HEAD');
    const commit = await manager.restoreFromSnapshot(snapshot);
    assert.equal(temp.git('rev-parse', 'HEAD'), commit);
    assert.equal(temp.git('rev-parse', 'HEAD~1'), before);
    assert.equal(temp.git('rev-parse', 'HEAD:deployments'), tree);
    assert.equal(temp.git('status', '--porcelain'), '');
    assert.match(temp.git('log', '-1', '--format=%b'), /State-Source: snapshot state-snapshot\//);
    assert.equal(await manager.restoreFromSnapshot(snapshot), null);
    assert.deepEqual(await manager.getContract(97, 'Token'), token);
  });

  it('that were moved, are none, or are of no commit are refused', async (t) => {
    const temp = start(t);
    const manager = managerOf(t, temp, null);
    const empty = await manager.createSnapshot();
    await assert.rejects(manager.restoreFromSnapshot(empty), { code: 'NOT_FOUND' });
    await manager.putContract(97, token);
    temp.git('tag', '--force', '--annotate', '--message=moved', empty.id, 'HEAD');
    await assert.rejects(manager.restoreFromSnapshot(empty), { code: 'CONFLICT' });
    await assert.rejects(manager.restoreFromSnapshot({ id: 'state-snapshot/none' }), { code: 'UNKNOWN_REVISION' });
    await assert.rejects(manager.restoreFromSnapshot({ id: 'main' }), { code: 'UNKNOWN_REVISION' });
    assert.equal(commits(temp), 2);
    temp.git('checkout', '--quiet', '--orphan', 'empty');
    await assert.rejects(manager.createSnapshot(), { code: 'NOT_FOUND' });
  });
});
