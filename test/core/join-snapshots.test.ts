import assert from 'node:assert/strict';
import { it } from 'node:test';
import { emptyNetworkFile, networkFileText } from '../../src/core/model/network-file.js';
import { joinSnapshots, readSnapshot } from '../../src/core/snapshot.js';

it('snapshots of parts are the snapshot of the whole, in its order', () => {
  const files = ['b', 'a-b', 'a', 'bad'].map((network) => {
    const text = network === 'bad' ? '{' : networkFileText(emptyNetworkFile({ network, chainId: 97 }));
    return { path: `deployments/unified/${network}.unified.json`, bytes: Buffer.from(text) };
  });
  const whole = readSnapshot(files, '');
  const joined = joinSnapshots(files.map((file) => readSnapshot([file], '')));
  assert.deepEqual([...joined.networks], [...whole.networks]);
  assert.deepEqual([...joined.networks.keys()], ['a', 'a-b', 'b']);
  assert.deepEqual(joined.refused, whole.refused);
});
