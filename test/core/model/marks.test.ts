import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { blendFindings } from '../../../src/core/merge/blend.js';
import { mergeStateFile } from '../../../src/core/merge/merge-state-file.js';
import { marksOf, mergeMarks, withMarks, withoutMarks } from '../../../src/core/model/marks.js';
import { emptyNetworkFile, networkFileText } from '../../../src/core/model/network-file.js';

const path = 'deployments/unified/bsctestnet.unified.json';
const empty = emptyNetworkFile({ network: 'bsctestnet', chainId: 97 });
const [one, two] = ['0123456789ab', 'ba9876543210'];

describe('the marks of records that were written to two backends', () => {
  it('are read as they were put, also of a contract called constructor', () => {
    const file = withMarks(withMarks(empty, ['A', 'constructor'], one), ['A'], two);
    assert.deepEqual(
      [...marksOf(file)],
      [
        ['A', two],
        ['constructor', one],
      ],
    );
    assert.deepEqual([...marksOf(empty)], []);
    assert.equal(withMarks(empty, [], one), empty);
  });

  it('go by name or migration, and the key with the last', () => {
    const file = withMarks(withMarks(empty, ['A'], one), ['B'], two);
    assert.deepEqual([...marksOf(withoutMarks(file, (_name, id) => id === one)).keys()], ['B']);
    assert.deepEqual(withoutMarks(file, () => true).root, empty.root);
    assert.equal(
      withoutMarks(file, () => false),
      file,
    );
  });

  it('merge name by name, and stay where one side took away what the other renewed', () => {
    assert.deepEqual(mergeMarks({ A: one }, { A: one, B: one }, undefined), { B: one });
    assert.deepEqual(mergeMarks({ A: one }, undefined, { A: one, B: one }), { B: one });
    assert.deepEqual(mergeMarks({ A: one }, { A: two }, undefined), { A: two });
    assert.deepEqual(mergeMarks(undefined, { A: one }, { A: two }), { A: one });
    assert.equal(mergeMarks({ A: one }, { A: one }, undefined), undefined);
  });

  it('never make a merge of files conflict', () => {
    const sides = {
      base: bytesOf([]),
      ours: bytesOf(['A', 'B'], one),
      theirs: bytesOf(['B', 'C'], two),
    };
    const { conflicts, bytes } = mergeStateFile(path, sides);
    assert.deepEqual(conflicts, []);
    assert.match(Buffer.from(bytes ?? []).toString(), /"A": "0123456789ab",\n {4}"B": "0123456789ab",\n {4}"C"/);
  });

  it('may be taken away by the merge of a cutover, and nothing else may', () => {
    const [ours, theirs] = [bytesOf(['A'], one), bytesOf([])];
    const merge = { path, bases: [null], parents: [ours, theirs] };
    assert.deepEqual(blendFindings({ ...merge, committed: theirs }), []);
    const other = { ...empty, root: { ...empty.root, configuration: { a: 1 } } };
    const blended = blendFindings({ ...merge, committed: Buffer.from(networkFileText(other)) });
    assert.deepEqual(
      blended.map(({ rule }) => rule),
      ['merge-blend'],
    );
  });
});

function bytesOf(names: readonly string[], id = one): Uint8Array {
  return Buffer.from(networkFileText(withMarks(empty, names, id)));
}
