import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { addressProblem, checksumAddress, recased } from '../../../src/core/values/address.js';
import { isAddressText } from '../../../src/core/values/address-text.js';
import { sharedData } from '../../support/shared-data.js';

// The four mixed-case examples of EIP-55 itself.
const examples = [
  '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
  '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359',
  '0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB',
  '0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb',
];

const flipped = (text: string, at: number) => {
  const letter = text.charAt(at);
  const other = letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
  return text.slice(0, at) + other + text.slice(at + 1);
};

describe('addresses', () => {
  it('in EIP-55 form have no problem; every single flipped letter is one', () => {
    for (const address of [...examples, ...corpus()]) {
      assert.equal(addressProblem(address), null);
      assert.equal(checksumAddress(`0x${address.slice(2).toUpperCase()}`), address);
      assert.equal(recased(address.toLowerCase()), address);
      for (let at = 2; at < address.length; at += 1) {
        const other = flipped(address, at);
        if (other !== address) assert.notEqual(addressProblem(other), null, other);
      }
    }
  });

  it('are sorted into the rules of the format', () => {
    const example = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
    assert.equal(addressProblem(example.toLowerCase()), 'address-case');
    assert.equal(addressProblem(`0x${example.slice(2).toUpperCase()}`), 'address-case');
    assert.equal(addressProblem(flipped(example, 4)), 'address-checksum');
    assert.equal(addressProblem(`0X${example.slice(2)}`), 'address-format');
    assert.equal(addressProblem(`${example}00`), 'address-format');
    assert.equal(addressProblem(`${example}\n`), 'address-format');
    assert.equal(addressProblem(null), 'address-format');
    assert.equal(addressProblem(`0x${'ab'.repeat(32)}`), 'address-hash');
    assert.equal(addressProblem(`0x${'0'.repeat(40)}`), 'address-zero');
    assert.equal(addressProblem(`0x${'1'.repeat(40)}`), null);
  });

  it('that mix cases wrongly are never recased', () => {
    const wrong = flipped(examples[0] ?? '', 5);
    assert.equal(recased(wrong), wrong);
    assert.equal(recased('text'), 'text');
    assert.equal(isAddressText(wrong), true);
    assert.throws(() => checksumAddress('0x12'), TypeError);
  });

  it('of the shared corpus are there', (t) => {
    if (corpus().length === 0) {
      t.skip('shared data is not here');
      return;
    }
    assert.ok(corpus().length > 50);
  });
});

function corpus(): string[] {
  const file = sharedData('corpora', 'eip55', 'ethers-accounts.json');
  if (file === null) return [];
  return (JSON.parse(readFileSync(file, 'utf8')) as { address: string }[]).map(({ address }) => address);
}
