import { Buffer } from 'node:buffer';
import type { Random } from './random.js';

type Mutation = (bytes: Buffer, other: Buffer, random: Random) => Buffer;

/** One to three faults of the kinds that editors, merges, disks and people make. */
export function mutateBytes(bytes: Buffer, other: Buffer, random: Random): Buffer {
  let mutant = bytes;
  for (let left = 1 + Math.max(0, random.below(6) - 3); left > 0; left -= 1) {
    const mutation = mutations[random.below(mutations.length)] ?? flipBit;
    mutant = mutation(mutant, other, random);
  }
  return mutant;
}

const flipBit: Mutation = (bytes, _other, random) => {
  const mutant = Buffer.from(bytes);
  const at = random.below(mutant.length);
  mutant[at] = (mutant[at] ?? 0) ^ (1 << random.below(8));
  return mutant;
};

const insertByte: Mutation = (bytes, _other, random) =>
  replace(bytes, random.below(bytes.length + 1), 0, Buffer.of(random.below(256)));

const insertToken: Mutation = (bytes, _other, random) => {
  const token = tokens[random.below(tokens.length)] ?? '';
  return replace(bytes, random.below(bytes.length + 1), 0, Buffer.from(token));
};

const tokens = [' ', '\n', '\r\n', '\t', ',', '"', '\\', '{}', '[', '0', '-', 'e5', '"_type": "bigint",', '\u{feff}'];

const deleteBytes: Mutation = (bytes, _other, random) =>
  replace(bytes, random.below(bytes.length), 1 + random.below(4), Buffer.of());

const duplicateLine: Mutation = (bytes, _other, random) => {
  const line = lineAt(bytes, random);
  return replace(bytes, line.start, 0, bytes.subarray(line.start, line.end));
};

const deleteLine: Mutation = (bytes, _other, random) => {
  const line = lineAt(bytes, random);
  return replace(bytes, line.start, line.end - line.start, Buffer.of());
};

const swapLines: Mutation = (bytes, _other, random) => {
  const first = lineAt(bytes, random);
  const next = lineFrom(bytes, first.end);
  const swapped = Buffer.concat([bytes.subarray(next.start, next.end), bytes.subarray(first.start, first.end)]);
  return replace(bytes, first.start, next.end - first.start, swapped);
};

/** A line of another file in the place of one of ours. */
const spliceLine: Mutation = (bytes, other, random) => {
  const line = lineAt(bytes, random);
  const theirs = lineAt(other, random);
  return replace(bytes, line.start, line.end - line.start, other.subarray(theirs.start, theirs.end));
};

const spliceBytes: Mutation = (bytes, other, random) => {
  const from = random.below(other.length);
  const length = 1 + random.below(64);
  return replace(bytes, random.below(bytes.length), length, other.subarray(from, from + length));
};

const changeDigit: Mutation = (bytes, _other, random) =>
  changeByte(bytes, random, /[0-9a-f]/, (at) => '0123456789abcdef'.charCodeAt(at.below(16)));

const changeCase: Mutation = (bytes, _other, random) =>
  changeByte(bytes, random, /[A-Za-z]/, (_random, byte) => byte ^ 0x20);

const mutations: readonly Mutation[] = [
  flipBit,
  insertByte,
  insertToken,
  deleteBytes,
  duplicateLine,
  deleteLine,
  swapLines,
  spliceLine,
  spliceBytes,
  changeDigit,
  changeCase,
];

/** The first byte of a kind from a random place on. */
function changeByte(
  bytes: Buffer,
  random: Random,
  kind: RegExp,
  change: (random: Random, byte: number) => number,
): Buffer {
  const mutant = Buffer.from(bytes);
  for (let at = random.below(mutant.length); at < mutant.length; at += 1) {
    const byte = mutant[at] ?? 0;
    if (!kind.test(String.fromCharCode(byte))) continue;
    mutant[at] = change(random, byte);
    return mutant;
  }
  return mutant;
}

function lineAt(bytes: Buffer, random: Random): { start: number; end: number } {
  return lineFrom(bytes, bytes.lastIndexOf(0x0a, random.below(bytes.length)) + 1);
}

function lineFrom(bytes: Buffer, start: number): { start: number; end: number } {
  const end = bytes.indexOf(0x0a, start);
  return { start, end: end === -1 ? bytes.length : end + 1 };
}

function replace(bytes: Buffer, at: number, length: number, by: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, at), by, bytes.subarray(Math.min(at + length, bytes.length))]);
}
