import assert from 'node:assert/strict';
import { test } from 'node:test';
import { networkFileText } from '../../src/core/model/network-file.js';
import { readSnapshot } from '../../src/core/snapshot.js';
import { fileWith } from '../support/arbitrary-state.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = networkFileText(fileWith());

test('a snapshot holds the network files of its own root, ascending', () => {
  const paths = ['b', 'a'].map((name) => ({ path: `p/deployments/unified/${name}.unified.json`, bytes: bytes(text) }));
  const others = ['deployments/unified/c.unified.json', 'p/deployments/unified/d.json', 'p/stateroot.config.json'];
  const snapshot = readSnapshot([...paths, ...others.map((path) => ({ path, bytes: bytes(text) }))], 'p');
  assert.deepEqual([...snapshot.networks.keys()], ['a', 'b']);
  assert.deepEqual(snapshot.refused, []);
});

test('a file that is refused hides no other', () => {
  const files = [
    { path: 'deployments/unified/a.unified.json', bytes: bytes('{') },
    { path: 'deployments/unified/b.unified.json', bytes: bytes(text) },
  ];
  const snapshot = readSnapshot(files, '');
  assert.deepEqual([...snapshot.networks.keys()], ['b']);
  assert.deepEqual(
    snapshot.refused.map(({ path, network, refusal }) => [path, network, refusal.rule]),
    [['deployments/unified/a.unified.json', 'a', 'json-syntax']],
  );
});

test('a file that does not name its network is the one of its path', () => {
  const file = { path: 'deployments/unified/a.unified.json', bytes: bytes('{"schemaVersion":"3.0.0"}') };
  assert.equal(readSnapshot([file], '').networks.get('a')?.network, 'a');
});
