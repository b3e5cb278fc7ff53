import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { stateText } from '../../../src/cli/text/state-text.js';
import { networkFileText } from '../../../src/core/model/network-file.js';
import { address, arbitraryFile, fileWith, record } from '../../support/arbitrary-state.js';

function shown(text: string): string[] {
  return (stateText(Buffer.from(text)) ?? '').split('\n');
}

describe('the text of a network file that git diff compares', () => {
  it('names each record above its fields, one fact per line', () => {
    const text = shown(
      networkFileText(
        fileWith(record('Token', { proxy: address(1), implementation: address(2), deploymentArgs: [1, '1', []] })),
      ),
    );
    const at = text.indexOf('core / Token');
    assert.notEqual(at, -1);
    assert.deepEqual(text.slice(at + 1, at + 6), [
      `  proxy                 ${address(1)}`,
      `  implementation        ${address(2)}`,
      '  deploymentArgs/0      1',
      '  deploymentArgs/1      "1"',
      '  deploymentArgs/2      []',
    ]);
  });

  it('is the same only for files that hold the same', () => {
    fc.assert(
      fc.property(arbitraryFile(), arbitraryFile(), (a, b) => {
        const [one, other] = [networkFileText(a), networkFileText(b)];
        assert.equal(stateText(Buffer.from(one)) === stateText(Buffer.from(other)), one === other);
      }),
    );
  });

  it('tells values apart that read alike', () => {
    const values = [
      1,
      '1',
      true,
      'true',
      null,
      'null',
      '',
      ' ',
      [],
      '[]',
      {},
      '{}',
      '1n',
      { _type: 'bigint', _value: '1' },
    ];
    const texts = values.map((note) =>
      shown(networkFileText(fileWith(record('Token', { implementation: address(1), note })))),
    );
    const lines = texts.map((text) => text.find((line) => line.startsWith('  note')));
    assert.equal(new Set(lines).size, values.length);
  });

  it('says that a file is not canonical, and shows nothing of control characters but their names', () => {
    const text = networkFileText(fileWith(record('Token', { implementation: address(1), note: '\u001b\u202e' })));
    assert.ok(!shown(text).some((line) => line.includes('stateroot fmt')));
    const loose = shown(text.replaceAll('  ', '\t'));
    assert.ok(loose.some((line) => line.includes('stateroot fmt')));
    assert.ok(!/[\u001b\u202e]/u.test(loose.join('')));
  });

  it('is the file itself where it cannot be read, and nothing where it is no text', () => {
    assert.equal(stateText(Buffer.from('<<<<<<< ours\n')), '<<<<<<< ours\n');
    assert.equal(stateText(Uint8Array.of(0xff)), null);
  });
});
