import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { ContractType } from '../../../src/core/model/contract-type.js';
import { DistributedStateManager } from '../../../src/managers/distributed/distributed-state-manager.js';
import { template } from '../../support/temp-repository.js';

const address = (digit: string) => `0x${digit.repeat(40)}`;
const hash = (digit: string) => `0x${digit.repeat(64)}`;

const token: ContractType = {
  contractName: 'Token',
  chainId: 97,
  address: address('1'),
  proxyAddress: address('2'),
  implementationHash: hash('a'),
};

const start = template((temp) => {
  temp.write('README.md', '# contracts\n');
  temp.commitAll('Begin');
});

/** A clone `here`, two bare remotes `origin` and `mirror`, and a clone `there` of origin. */
function place(t: { after(run: () => Promise<void> | void): void }) {
  const temp = start(t);
  const folder = temp.at('..');
  const git = (cwd: string, ...args: string[]) =>
    execFileSync('git', args, { cwd: join(folder, cwd), env: temp.env, encoding: 'utf8', stdio: 'pipe' }).trim();
  for (const name of ['origin', 'mirror']) {
    git('.', 'clone', '--quiet', '--bare', temp.path, `${name}.git`);
    temp.git('remote', 'add', name, join(folder, `${name}.git`));
  }
  git('.', 'clone', '--quiet', 'origin.git', 'there');
  const open = (cwd: string) => {
    const manager = new DistributedStateManager('bsctestnet', { cwd, env: temp.env });
    t.after(() => manager.close());
    return manager;
  };
  return { temp, folder, git, here: open(temp.path), there: open(join(folder, 'there')) };
}

describe('state on several remotes', () => {
  it('is pushed to each, once, and they agree then', async (t) => {
    const { temp, git, here } = place(t);
    await here.putContract(97, token);
    const before = await here.establishConsensus();
    assert.deepEqual(
      [before.agreed, ...before.nodes.map(({ node, relation }) => `${node} ${relation}`)],
      [false, 'mirror behind', 'origin behind'],
    );
    const pushed = await here.replicateToNodes(['origin', 'mirror']);
    assert.deepEqual(pushed, [
      { node: 'origin', outcome: 'pushed' },
      { node: 'mirror', outcome: 'pushed' },
    ]);
    const head = temp.git('rev-parse', 'HEAD');
    for (const name of ['origin.git', 'mirror.git']) assert.equal(git(name, 'rev-parse', 'main'), head);
    const after = await here.establishConsensus();
    assert.deepEqual([after.agreed, after.commit], [true, head]);
    assert.deepEqual(
      (await here.replicateToNodes(['origin'])).map(({ outcome }) => outcome),
      ['unchanged'],
    );
  });

  it('is pushed over nothing that a remote has alone; the others get it all the same', async (t) => {
    const { git, here, there } = place(t);
    await there.putContract(97, token);
    await there.replicateToNodes(['origin']);
    const theirs = git('origin.git', 'rev-parse', 'main');
    await here.putContract(97, { ...token, contractName: 'Vault', proxyAddress: address('3') });
    await assert.rejects(here.replicateToNodes(['origin', 'mirror']), {
      code: 'PUSH_REFUSED',
      details: {
        nodes: [
          { node: 'origin', outcome: 'failed', code: 'PUSH_REFUSED' },
          { node: 'mirror', outcome: 'pushed', code: undefined },
        ],
      },
    });
    assert.equal(git('origin.git', 'rev-parse', 'main'), theirs);
    const { nodes } = await here.establishConsensus(['origin', 'mirror']);
    assert.deepEqual(
      nodes.map(({ relation }) => relation),
      ['diverged', 'same'],
    );
    const synced = await here.syncFromMasterNode('origin');
    assert.deepEqual([synced.pushed, synced.received], [1, 1]);
    assert.equal((await here.getAllContracts(97)).length, 2);
  });

  it('tells a remote that is not there from one that agrees', async (t) => {
    const { folder, here } = place(t);
    rmSync(join(folder, 'mirror.git'), { recursive: true });
    const { agreed, nodes } = await here.establishConsensus();
    assert.deepEqual([agreed, ...nodes.map(({ relation }) => relation)], [false, 'unreachable', 'same']);
    await assert.rejects(here.establishConsensus(['nowhere']), { code: 'BAD_INPUT' });
    await assert.rejects(here.replicateToNodes(['nowhere']), { code: 'BAD_INPUT' });
    assert.equal((await here.establishConsensus([])).agreed, false);
  });

  it('in conflict is decided by side, and only what is in conflict, whole', async (t) => {
    const { temp, git, here, there } = place(t);
    await here.putContract(97, token);
    await here.replicateToNodes(['origin']);
    await there.syncFromMasterNode();
    await there.updateContract(97, 'Token', { address: address('4'), implementationHash: hash('b') });
    await there.syncFromMasterNode();
    await here.updateContract(97, 'Token', { address: address('5'), implementationHash: hash('c') });
    const before = temp.git('rev-parse', 'HEAD');
    await assert.rejects(
      here.syncFromMasterNode('origin'),
      (error: { code: string; details: { conflicts: object[] } }) => {
        assert.equal(error.code, 'CONFLICT');
        assert.deepEqual(
          error.details.conflicts.map((conflict) => Reflect.get(conflict, 'path') as unknown),
          ['implementation', 'implementationHash'],
        );
        return true;
      },
    );
    const [network, contract] = ['bsctestnet', 'Token'];
    const decide = (path: string, side: 'ours' | 'theirs') => ({ network, contract, path, side });
    const half = [decide('implementation', 'ours'), decide('implementationHash', 'theirs')];
    await assert.rejects(here.resolveConflicts(half, 'origin'), { code: 'BAD_USAGE' });
    await assert.rejects(here.resolveConflicts([decide('proxy', 'ours')], 'origin'), { code: 'BAD_USAGE' });
    await assert.rejects(here.resolveConflicts([], 'origin'), { code: 'CONFLICT' });
    assert.equal(temp.git('rev-parse', 'HEAD'), before);
    assert.equal(temp.git('status', '--porcelain'), '');
    const merged = await here.resolveConflicts([{ network, contract, side: 'theirs' }], 'origin');
    assert.deepEqual([merged.kind, merged.before], ['merge', before]);
    assert.equal((await here.getContract(97, 'Token'))?.address, address('4'));
    assert.equal(temp.git('rev-list', '--count', '--merges', 'HEAD'), '1');
    assert.equal((await here.validateIntegrity()).isValid, true);
    await here.syncFromMasterNode('origin');
    assert.equal(git('origin.git', 'rev-parse', 'main'), temp.git('rev-parse', 'HEAD'));
  });

  it('that is not valid goes nowhere', async (t) => {
    const { temp, git, here } = place(t);
    const before = git('origin.git', 'rev-parse', 'main');
    temp.write('deployments/unified/bsctestnet.unified.json', '{}\n');
    temp.commitAll('By hand');
    await assert.rejects(here.replicateToNodes(['origin']), { code: 'STATE_INVALID' });
    assert.equal(git('origin.git', 'rev-parse', 'main'), before);
  });
});
