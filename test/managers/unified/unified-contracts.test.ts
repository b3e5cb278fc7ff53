import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { unifiedContracts } from '../../../src/managers/unified/unified-contracts.js';
import type { ContractType } from '../../../src/core/model/contract-type.js';
import { template, type TempRepository } from '../../support/temp-repository.js';

const address = (digit: string) => `0x${digit.repeat(40)}`;
const hash = (digit: string) => `0x${digit.repeat(64)}`;

const token: ContractType = {
  contractName: 'Token',
  chainId: 97,
  networkName: 'bsctestnet',
  address: address('1'),
  proxyAddress: address('2'),
  factoryByteCodeHash: hash('a'),
  implementationHash: hash('a'),
  deploymentArgs: [address('3'), 10n ** 27n, 'text'],
  timestamp: 1_753_441_878_006,
  notes: { any: ['thing', null] },
};

const start = template((temp) => {
  temp.write('README.md', '# contracts\n');
  temp.commitAll('Begin');
});

const commits = (temp: TempRepository) => Number(temp.git('rev-list', '--count', 'HEAD'));
const file = 'deployments/unified/bsctestnet.unified.json';

describe('the store of unified files', () => {
  it('gives back what was put, as one commit, with no git process for the read', async (t) => {
    const temp = start(t);
    const store = unifiedContracts({ cwd: temp.path, env: temp.env });
    assert.deepEqual(await store.apply([{ kind: 'put', scope: { chainId: 97 }, contract: token }]), [true]);
    assert.equal(commits(temp), 2);
    assert.equal(temp.git('log', '-1', '--format=%s'), 'state(bsctestnet): deploy Token');
    assert.equal(temp.git('status', '--porcelain'), '');
    await store.close();
    const reading = unifiedContracts({ cwd: temp.path, env: { ...temp.env, PATH: '' } });
    assert.deepEqual(await reading.read({ chainId: 97 }, 'Token'), token);
    assert.deepEqual(await reading.list(), [token]);
    assert.equal(await reading.read({ chainId: 97 }, 'Other'), null);
    assert.equal(await reading.read({ chainId: 56 }, 'Token'), null);
    assert.equal(await reading.chainOf('bsctestnet'), 97);
    assert.equal(await reading.chainOf('nowhere'), null);
    await reading.close();
  });

  it('makes no commit for what is there already, nor for deleting what is not', async (t) => {
    const temp = start(t);
    const store = unifiedContracts({ cwd: temp.path, env: temp.env });
    const put = { kind: 'put', scope: { chainId: 97 }, contract: token } as const;
    const absent = { kind: 'delete', scope: { chainId: 97 }, contractName: 'Absent' } as const;
    assert.deepEqual(await store.apply([put]), [true]);
    assert.deepEqual(await store.apply([put, absent]), [false, false]);
    assert.deepEqual(await store.apply([absent]), [false]);
    assert.deepEqual(await store.apply([{ ...absent, scope: { chainId: 56 } }]), [false]);
    assert.deepEqual(await store.apply([]), []);
    assert.equal(commits(temp), 2);
    await store.close();
  });

  it('applies one change after the other in one commit, over several networks', async (t) => {
    const temp = start(t);
    const store = unifiedContracts({ cwd: temp.path, env: temp.env });
    const other = { ...token, contractName: 'FeeManager', chainId: 84_532, networkName: 'Base Sepolia' };
    const changed = await store.apply([
      { kind: 'put', scope: { chainId: 97 }, contract: token },
      { kind: 'put', scope: { chainId: 84_532 }, contract: other },
      { kind: 'put', scope: { chainId: 97 }, contract: { ...token, contractName: 'Gone' } },
      { kind: 'delete', scope: { chainId: 97 }, contractName: 'Gone' },
    ]);
    assert.deepEqual(changed, [true, true, true, true]);
    assert.equal(commits(temp), 2);
    assert.deepEqual(await store.list(), [token, other]);
    const base = JSON.parse(readFileSync(temp.at('deployments/unified/basesepolia.unified.json'), 'utf8')) as {
      contracts: object;
      extended_FeeManager: { source: object };
    };
    assert.deepEqual(Object.keys(base.contracts), ['core', 'infrastructure']);
    assert.deepEqual(base.extended_FeeManager.source, { networkName: 'Base Sepolia' });
    await store.close();
  });

  it('writes nothing of a batch in which one change is bad', async (t) => {
    const temp = start(t);
    const store = unifiedContracts({ cwd: temp.path, env: temp.env });
    const bad = { ...token, contractName: 'Bad', address: '0x12' };
    const batch = [token, bad].map((contract) => ({ kind: 'put', scope: { chainId: 97 }, contract }) as const);
    await assert.rejects(store.apply(batch), { code: 'RECORD_INVALID' });
    assert.equal(commits(temp), 1);
    assert.equal(temp.git('status', '--porcelain'), '');
    assert.deepEqual(await store.list(), []);
    await store.close();
  });

  it('replaces the record with a put, and keeps its category', async (t) => {
    const temp = start(t);
    const store = unifiedContracts({ cwd: temp.path, env: temp.env });
    const scope = { chainId: 97 };
    await store.apply([{ kind: 'put', scope, contract: { ...token, category: 'protocol' } }]);
    const { notes, ...rest } = token;
    assert.notEqual(notes, undefined);
    await store.apply([{ kind: 'put', scope, contract: rest }]);
    assert.deepEqual(await store.read(scope, 'Token'), rest);
    assert.match(readFileSync(temp.at(file), 'utf8'), /"protocol": \{\n\s+"Token"/);
    await store.close();
  });

  it('updates the fields that are given and keeps the others', async (t) => {
    const temp = start(t);
    const store = unifiedContracts({ cwd: temp.path, env: temp.env });
    const scope = { chainId: 97 };
    await store.apply([{ kind: 'put', scope, contract: token }]);
    const fields = { address: address('4'), implementationHash: hash('b') };
    const update = { kind: 'update', scope, contract: { contractName: 'Token', chainId: 97, ...fields } } as const;
    const { changes, commit } = await store.commit([update]);
    assert.deepEqual(
      changes.map(({ kind }) => kind),
      ['upgrade'],
    );
    assert.equal(commit, temp.git('rev-parse', 'HEAD'));
    assert.deepEqual(await store.read(scope, 'Token'), { ...token, ...fields });
    const absent = { ...update, contract: { contractName: 'Absent', chainId: 97 } };
    await assert.rejects(store.commit([absent]), { code: 'NOT_FOUND' });
    await store.close();
  });

  it('takes the main environment for a chain id, and another one by the name of its network', async (t) => {
    const temp = start(t);
    const store = unifiedContracts({ cwd: temp.path, env: temp.env });
    const staging = { chainId: 97, network: 'bsctestnet.staging' };
    const there = { ...token, networkName: 'bsctestnet.staging', address: address('5') };
    assert.equal(await store.chainOf(staging.network), 97);
    await store.apply([{ kind: 'put', scope: staging, contract: there }]);
    assert.equal(await store.read({ chainId: 97 }, 'Token'), null);
    await store.apply([{ kind: 'put', scope: { chainId: 97 }, contract: token }]);
    assert.deepEqual(await store.read({ chainId: 97 }, 'Token'), token);
    assert.deepEqual(await store.read(staging, 'Token'), there);
    assert.deepEqual(await store.list(staging), [there]);
    assert.equal((await store.list()).length, 2);
    await assert.rejects(store.read({ ...staging, chainId: 56 }, 'Token'), { code: 'CHAIN_ID_MISMATCH' });
    await assert.rejects(store.apply([{ kind: 'delete', scope: { ...staging, chainId: 56 }, contractName: 'Token' }]), {
      code: 'CHAIN_ID_MISMATCH',
    });
    assert.match(readFileSync(temp.at('deployments/unified/bsctestnet.staging.unified.json'), 'utf8'), /"staging",/);
    await store.close();
  });

  it('refuses a chain that is two networks, naming both', async (t) => {
    const temp = start(t);
    const store = unifiedContracts({ cwd: temp.path, env: temp.env });
    await store.apply([{ kind: 'put', scope: { chainId: 97 }, contract: token }]);
    const text = readFileSync(temp.at(file), 'utf8');
    const second = text.replaceAll('"bsctestnet"', '"bsc-other"').replace(/\n\s+"checksum": "[^"]+",/, '');
    temp.write('deployments/unified/bsc-other.unified.json', second);
    temp.commitAll('Second file');
    const ambiguous = { code: 'CHAIN_AMBIGUOUS', details: { chainId: 97, networks: ['bsc-other', 'bsctestnet'] } };
    await assert.rejects(store.read({ chainId: 97 }, 'Token'), ambiguous);
    await assert.rejects(store.list({ chainId: 97 }), ambiguous);
    await assert.rejects(store.apply([{ kind: 'put', scope: { chainId: 97 }, contract: token }]), ambiguous);
    await assert.rejects(store.apply([{ kind: 'delete', scope: { chainId: 97 }, contractName: 'Token' }]), ambiguous);
    assert.deepEqual(await store.read({ chainId: 97, network: 'bsctestnet' }, 'Token'), token);
    await store.close();
  });

  it('never takes a file it cannot read for one that is not there', async (t) => {
    const temp = start(t);
    const store = unifiedContracts({ cwd: temp.path, env: temp.env });
    await store.apply([{ kind: 'put', scope: { chainId: 97 }, contract: token }]);
    writeFileSync(temp.at(file), '{ "network": ');
    const refused = { code: 'STATE_INVALID' };
    await assert.rejects(store.read({ chainId: 97 }, 'Token'), refused);
    await assert.rejects(store.read({ chainId: 97, network: 'bsctestnet' }, 'Token'), refused);
    await assert.rejects(store.list(), refused);
    await assert.rejects(store.chainOf('bsctestnet'), refused);
    await assert.rejects(store.apply([{ kind: 'put', scope: { chainId: 97 }, contract: { ...token, extra: 1 } }]), {
      code: 'UNCOMMITTED_EDITS',
    });
    const [problem] = await store.inspect();
    assert.equal(problem?.severity, 'error');
    assert.equal(problem.key, file);
    temp.commitAll('Broken');
    await assert.rejects(store.apply([{ kind: 'put', scope: { chainId: 97 }, contract: token }]), refused);
    await store.close();
  });

  it('finds what is wrong in the work tree, by contract', async (t) => {
    const temp = start(t);
    const store = unifiedContracts({ cwd: temp.path, env: temp.env });
    await store.apply([{ kind: 'put', scope: { chainId: 97 }, contract: token }]);
    assert.deepEqual(await store.inspect(), []);
    writeFileSync(temp.at(file), readFileSync(temp.at(file), 'utf8').replace('1753441878006', '1753441878007'));
    const [problem, ...others] = await store.inspect();
    assert.deepEqual([problem?.severity, problem?.key, others.length], ['error', '97-Token', 0]);
    assert.match(problem?.message ?? '', /checksum-mismatch/);
    await store.close();
  });

  it('has another version after every change of a file, also by hand and of the same length', async (t) => {
    const temp = start(t);
    const store = unifiedContracts({ cwd: temp.path, env: temp.env });
    const versions = [await store.version()];
    await store.apply([{ kind: 'put', scope: { chainId: 97 }, contract: token }]);
    versions.push(await store.version());
    const text = readFileSync(temp.at(file), 'utf8');
    for (const digit of '123456789') {
      writeFileSync(temp.at(file), text.replace('1753441878006', `175344187800${digit}`));
      versions.push(await store.version());
    }
    rmSync(temp.at(file));
    versions.push(await store.version());
    assert.equal(new Set(versions).size, versions.length - 1, 'only the empty work tree comes twice');
    assert.equal(versions.at(-1), versions[0]);
    await store.close();
  });

  it('keeps a call of the chain that nothing knows under the name its contract gives it', async (t) => {
    const temp = start(t);
    const store = unifiedContracts({ cwd: temp.path, env: temp.env });
    const local = { ...token, chainId: 4242, networkName: 'devnet' };
    await store.apply([
      { kind: 'put', scope: { chainId: 4242 }, contract: local },
      { kind: 'put', scope: { chainId: 4242 }, contract: { ...local, contractName: 'Second', networkName: 'other' } },
      {
        kind: 'put',
        scope: { chainId: 4243 },
        contract: { contractName: 'Third', chainId: 4243, address: address('7') },
      },
    ]);
    assert.deepEqual(temp.git('ls-files', 'deployments').split('\n'), [
      'deployments/unified/chain-4243.unified.json',
      'deployments/unified/devnet.unified.json',
    ]);
    assert.equal((await store.read({ chainId: 4242 }, 'Second'))?.networkName, 'other');
    await store.close();
  });
});
