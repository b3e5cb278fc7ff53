import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lineColumn, lineIndex } from '../../../src/core/text/line-column.js';
import { parentPointer, pointer, segments } from '../../../src/core/text/pointer.js';
import { locate } from '../../../src/core/text/position.js';

describe('positions', () => {
  const text = '{\r\n  "a/b": [1,\n    {"~": null}],\n "😀": 2\r}';
  const at = locate(text);

  it('are those of the value or the key, with columns in UTF-16 units and lines at LF only', () => {
    assert.deepEqual(at('', 'value'), { line: 1, column: 1 });
    assert.deepEqual(at('/a~1b', 'key'), { line: 2, column: 3 });
    assert.deepEqual(at('/a~1b', 'value'), { line: 2, column: 10 });
    assert.deepEqual(at('/a~1b/1/~0', 'value'), { line: 3, column: 11 });
    assert.deepEqual(at('/😀', 'value'), { line: 4, column: 8 });
    assert.deepEqual(at('/a~1b/1', 'key'), { line: 3, column: 5 });
  });

  it('of a missing member are those of what would hold it', () => {
    assert.deepEqual(at('/a~1b/1/x/y', 'value'), { line: 3, column: 5 });
    assert.deepEqual(at('/x', 'key'), { line: 1, column: 1 });
  });

  it('are the same one by one and from the index', () => {
    for (const sample of [text, `\uFEFF${text}`, '', '\n\n']) {
      const index = lineIndex(sample);
      for (let offset = 0; offset <= sample.length; offset += 1)
        assert.deepEqual(lineColumn(sample, offset), index(offset));
    }
  });
});

describe('pointers', () => {
  it('escape and unescape each other', () => {
    const names = ['a/b', '~1', '~', '', 'x~0/'];
    assert.deepEqual(segments(pointer(...names)), names);
    assert.equal(pointer('extended_a/B.sol:B', 'checksum', 0), '/extended_a~1B.sol:B/checksum/0');
    assert.deepEqual(segments(''), []);
    assert.equal(parentPointer('/a/b'), '/a');
    assert.equal(parentPointer('/a'), '');
  });
});
