import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { compileKeccak, keccak256 } from '../../../src/core/values/keccak.js';

// The hashes of nothing and of `abc` that the Keccak team gives.
const known = [
  ['', 'c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470'],
  ['abc', '4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45'],
] as const;

it('a text has one Keccak-256, before and after WebAssembly makes it', async () => {
  const texts = fc.sample(fc.string({ unit: 'grapheme', maxLength: 300 }), 200);
  const before = texts.map(keccak256);
  for (const [text, hash] of known) assert.equal(keccak256(text), hash);
  await compileKeccak();
  for (const [text, hash] of known) assert.equal(keccak256(text), hash);
  assert.deepEqual(texts.map(keccak256), before);
});
