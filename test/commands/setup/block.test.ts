import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { blockBody, type Placing, withBlock, withoutBlock } from '../../../src/commands/setup/block.js';

const placings: readonly Placing[] = [
  { head: '', place: 'end' },
  { head: '#!/bin/sh\n', place: 'top' },
];
const texts = fc.oneof(
  fc.string(),
  fc
    .array(fc.constantFrom('#!/bin/sh', 'exit 0', '', '# note', '\r'), { maxLength: 6 })
    .map((lines) => lines.join('\n')),
  fc.constantFrom('', '\n', '#!/bin/sh', '#!/bin/sh\n'),
);

describe('a marked block', () => {
  for (const placing of placings) {
    it(`at the ${placing.place} is taken out byte for byte`, () => {
      fc.assert(
        fc.property(fc.option(texts), (text) => {
          const added = withBlock(text, 'ours\n', placing);
          assert.equal(blockBody(added), 'ours\n');
          assert.equal(withoutBlock(added, placing), text);
        }),
      );
    });

    it(`at the ${placing.place} is replaced where it stands, and still taken out byte for byte`, () => {
      fc.assert(
        fc.property(fc.option(texts), (text) => {
          const replaced = withBlock(withBlock(text, 'old\n', placing), 'new\nlines\n', placing);
          assert.equal(blockBody(replaced), 'new\nlines\n');
          assert.equal(withoutBlock(replaced, placing), text);
        }),
      );
    });
  }

  it('leaves what was added around it since', () => {
    const placing: Placing = { head: '', place: 'end' };
    const added = `${withBlock('mine', 'ours\n', placing)}later\n`;
    assert.equal(withoutBlock(added, placing), 'mine\nlater\n');
    assert.equal(withoutBlock(`${withBlock(null, 'ours\n', placing)}later\n`, placing), 'later\n');
  });

  it('stands behind the #! line', () => {
    const text = withBlock('#!/bin/sh\nexit 0\n', 'ours\n', { head: '#!/bin/sh\n', place: 'top' });
    assert.match(text, /^#!\/bin\/sh\n# >>> stateroot[^]*<<<\nexit 0\n$/);
  });

  it('is not seen in a text without one', () => {
    assert.equal(blockBody('stateroot >>>\n'), null);
    assert.equal(withoutBlock('mine', { head: '', place: 'end' }), 'mine');
  });
});
