import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  blockBody,
  insertBlock,
  type Placing,
  withBlock,
  withoutBlock,
  withoutBlocks,
} from '../../../src/commands/setup/block.js';

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

  it('many times in one file is taken out byte for byte, however deep each stands', () => {
    const lines = fc.array(fc.constantFrom('a:', '  b: 1', '# note', '', '\r', '- c'), { maxLength: 8 });
    const places = fc.array(fc.tuple(fc.nat(8), fc.constantFrom('', '  ', '    ')), { maxLength: 4 });
    fc.assert(
      fc.property(lines, places, fc.boolean(), (all, wanted, ended) => {
        const text = all.map((line) => `${line}\n`).join('') + (ended ? '' : 'end');
        const starts = [...text.matchAll(/(?<![^\n])/g)].map(({ index }) => index);
        const ats = wanted.map(([index, indent]) => ({ at: starts[index % starts.length] ?? text.length, indent }));
        const added = [{ at: text.length, indent: '' }, ...ats.sort((a, b) => b.at - a.at)].reduce(
          (before, place) => insertBlock(before, { ...place, body: `${place.indent}ours\n` }),
          text,
        );
        assert.notEqual(added, text);
        assert.equal(withoutBlocks(added), text);
      }),
    );
  });

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
