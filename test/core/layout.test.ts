import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  configPath,
  isStatePath,
  networkFilePath,
  networkOfPath,
  quarantinePath,
  rootsOf,
  statePathsIn,
  unifiedFolder,
} from '../../src/core/layout.js';

test('paths of a state root at the top and of one below', () => {
  assert.equal(networkFilePath('', 'bsctestnet'), 'deployments/unified/bsctestnet.unified.json');
  assert.equal(networkFilePath('packages/contracts', 'a'), 'packages/contracts/deployments/unified/a.unified.json');
  assert.equal(quarantinePath('', 31337), 'deployments/quarantine/31337.json');
  assert.equal(quarantinePath('p', null), 'p/deployments/quarantine/unknown.json');
  assert.equal(configPath('p'), 'p/stateroot.config.json');
  assert.equal(unifiedFolder(''), 'deployments/unified');
});

test('a name that is no network makes no path', () => {
  for (const name of ['../x', 'a/b', '', 'A', 'con', 'a\0']) {
    assert.throws(() => networkFilePath('', name), { code: 'NETWORK_NAME_INVALID' }, name);
  }
});

test('a path says which root and network it is', () => {
  assert.deepEqual(networkOfPath('deployments/unified/a.unified.json'), { root: '', network: 'a' });
  assert.deepEqual(networkOfPath('x/y/deployments/unified/A.b.unified.json'), { root: 'x/y', network: 'A.b' });
  const others = [
    'deployments/unified/a.json',
    'deployments/unified/a.unified.json.backup',
    'deployments/unified/a.unified.json.backup-1',
    'deployments/unified/.unified.json',
    'deployments/unified/sub/a.unified.json',
    'deployments/quarantine/1.json',
    'xdeployments/unified/a.unified.json',
    'unified/a.unified.json',
  ];
  for (const path of others) assert.equal(networkOfPath(path), null, path);
});

test('state is the network files and what stands beside them', () => {
  const state = [
    'deployments/unified/a.unified.json',
    'deployments/quarantine/unknown.json',
    'deployments/policy.json',
    'deployments/allowed_signers',
    'stateroot.config.json',
    'p/stateroot.config.json',
  ];
  for (const path of state) assert.equal(isStatePath(path), true, path);
  for (const path of [
    'package.json',
    'deployments/a.json',
    'xstateroot.config.json',
    'deployments/unified/README.md',
  ]) {
    assert.equal(isStatePath(path), false, path);
  }
});

test('roots are the marked folders, and the top where it holds state or nothing is marked', () => {
  const marked = ['z/stateroot.config.json', 'p/q/stateroot.config.json', 'src/index.ts'];
  assert.deepEqual(rootsOf([]), ['']);
  assert.deepEqual(rootsOf(['p/deployments/unified/a.unified.json']), ['']);
  assert.deepEqual(rootsOf(marked), ['p/q', 'z']);
  assert.deepEqual(rootsOf([...marked, 'deployments/unified/a.unified.json']), ['', 'p/q', 'z']);
});

test('the state files of a root are its own only', () => {
  const paths = [
    'p/stateroot.config.json',
    'p/deployments/unified/a.unified.json',
    'deployments/unified/b.unified.json',
  ];
  assert.deepEqual(statePathsIn('p', paths), ['p/deployments/unified/a.unified.json', 'p/stateroot.config.json']);
  assert.deepEqual(statePathsIn('', paths), ['deployments/unified/b.unified.json']);
});

test('a root may have any name that git records, line ends included', () => {
  for (const root of ['a\nb', 'a\rb', 'a\u{2028}b', '-x', '0:x']) {
    assert.deepEqual(networkOfPath(`${root}/deployments/unified/a.unified.json`), { root, network: 'a' });
    assert.equal(isStatePath(`${root}/stateroot.config.json`), true);
    assert.deepEqual(rootsOf([`${root}/stateroot.config.json`]), [root]);
  }
});
