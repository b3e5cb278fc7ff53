import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { crc32c, unmaskedCrc } from '../../../src/core/leveldb/crc32c.js';
import { isDamage } from '../../../src/core/leveldb/damage.js';
import { logRecords } from '../../../src/core/leveldb/log-records.js';
import { readStore } from '../../../src/core/leveldb/read-store.js';
import { readTable } from '../../../src/core/leveldb/read-table.js';
import { unsnappy } from '../../../src/core/leveldb/snappy.js';
import type { StoreProblem } from '../../../src/core/leveldb/store-problem.js';

describe('CRC-32C', () => {
  it('has the check value of its definition, over any split', () => {
    assert.equal(crc32c(Buffer.from('123456789')), 0xe3069283);
    assert.equal(crc32c(Buffer.from('1234'), Buffer.from('56789')), 0xe3069283);
    assert.equal(crc32c(new Uint8Array(32)), 0x8a9136aa);
  });

  it('is unmasked to what was masked', () => {
    for (const crc of [0, 1, 0xe3069283, 0xffffffff]) assert.equal(unmaskedCrc(masked(crc)), crc);
  });
});

describe('a Snappy block', () => {
  it('is literals and copies, which may overlap what they make', () => {
    const literal = Uint8Array.of(7, 0, 0x61, ((6 - 4) << 2) | 1, 1);
    assert.equal(Buffer.from(unsnappy(literal, 100)).toString(), 'aaaaaaa');
  });

  for (const [title, bytes, kind] of [
    ['that claims more than the limit', [0xff, 0xff, 0xff, 0xff, 0x0f], 'too-much'],
    ['that claims what its bytes cannot make', [0xe8, 0x07, 0, 0x61], 'snappy'],
    ['with a copy from before its beginning', [7, 0, 0x61, 9, 2], 'snappy'],
    ['with a copy beyond its end', [3, 0, 0x61, 9, 1], 'snappy'],
    ['with a literal longer than it is', [3, 0xec, 0x61], 'structure'],
    ['that makes less than it claims', [3, 0, 0x61], 'snappy'],
    ['of no bytes', [], 'structure'],
  ] as const) {
    it(`is damage ${title}`, () => {
      assert.throws(
        () => unsnappy(Uint8Array.from(bytes), 1000),
        (error) => isDamage(error) && error.kind === kind,
      );
    });
  }
});

describe('a log', () => {
  const long = Buffer.alloc(70_000, 'x');

  it('gives records back that span blocks', () => {
    const { records, problems } = read(logOf(Buffer.from('a'), long, Buffer.from('b')));
    assert.deepEqual(records, ['a', long.toString(), 'b']);
    assert.deepEqual(problems, []);
  });

  it('that ends anywhere inside its last record is torn there, and whole before', () => {
    const whole = logOf(Buffer.from('first'), Buffer.from('second'));
    for (let size = 13; size < whole.length; size += 1) {
      const { records, problems } = read(whole.subarray(0, size));
      assert.deepEqual(records, ['first'], `${size} bytes`);
      assert.deepEqual(
        problems.map(({ kind, severity }) => [kind, severity]),
        [['torn-tail', 'warning']],
      );
    }
  });

  it('whose last length was changed is damaged, not torn', () => {
    const bytes = logOf(Buffer.from('first'), Buffer.from('second'));
    bytes[12 + 4] = 200;
    const { records, problems } = read(bytes);
    assert.deepEqual(records, ['first']);
    assert.deepEqual(
      problems.map(({ kind, severity }) => [kind, severity]),
      [['log-structure', 'error']],
    );
  });
});

describe('hostile files', () => {
  it('of random bytes are refused at once, whatever they are called', () => {
    for (const name of ['000001.ldb', '000002.log', 'MANIFEST-000001']) {
      const files = new Map<string, Uint8Array>([
        ['CURRENT', Buffer.from('MANIFEST-000001\n')],
        [name, Buffer.alloc(100_000, name)],
      ]);
      const { entries, problems } = readStore(files, { bytes: 1000 });
      assert.deepEqual(entries, []);
      assert.ok(problems.some(({ severity }) => severity === 'error'));
    }
  });

  it('with an index that leads to itself, or twice to one block, are refused before a block is read', () => {
    const empty = blockOf([]);
    for (const offsets of [[0, 0], [empty.length]]) {
      const index = blockOf(offsets.map((offset, i) => [key(i), Uint8Array.of(offset, empty.length - 5)]));
      const meta = blockOf([]);
      const footer = Buffer.alloc(48);
      footer.set([empty.length, meta.length - 5, empty.length + meta.length, index.length - 5]);
      footer.writeUInt32LE(0x8b80fb57, 40);
      footer.writeUInt32LE(0xdb477524, 44);
      const problems: string[] = [];
      const { versions } = readTable(
        Buffer.concat([empty, meta, index, footer]),
        () => 1000,
        ({ kind }) => problems.push(kind),
      );
      assert.deepEqual([versions, problems], [[], ['gap']]);
    }
  });
});

function read(bytes: Uint8Array) {
  const problems: Pick<StoreProblem, 'kind' | 'severity'>[] = [];
  const records = logRecords(bytes, ({ kind, severity = 'error' }) => problems.push({ kind, severity }));
  return { records: records.map((record) => Buffer.from(record.bytes).toString()), problems };
}

function logOf(...records: readonly Buffer[]): Buffer {
  const parts: Buffer[] = [];
  let at = 0;
  for (const record of records) {
    for (let from = 0, isFirst = true; isFirst || from < record.length; isFirst = false) {
      const length = Math.min(record.length - from, 32768 - (at % 32768) - 7);
      const isLast = from + length === record.length;
      const body = Buffer.concat([
        Uint8Array.of(isFirst ? (isLast ? 1 : 2) : isLast ? 4 : 3),
        record.subarray(from, from + length),
      ]);
      const head = Buffer.alloc(6);
      head.writeUInt32LE(masked(crc32c(body)), 0);
      head.writeUInt16LE(length, 4);
      parts.push(head, body);
      at += 7 + length;
      from += length;
    }
  }
  return Buffer.concat(parts);
}

function blockOf(entries: readonly (readonly [Uint8Array, Uint8Array])[]): Buffer {
  const body = entries.flatMap(([name, value]) => [Uint8Array.of(0, name.length, value.length), name, value]);
  const restarts = Buffer.alloc(8);
  restarts.writeUInt32LE(1, 4);
  const content = Buffer.concat([...body, restarts, Uint8Array.of(0)]);
  const crc = Buffer.alloc(4);
  crc.writeUInt32LE(masked(crc32c(content)), 0);
  return Buffer.concat([content, crc]);
}

function key(i: number): Uint8Array {
  return Uint8Array.of(97 + i, 1, 1, 0, 0, 0, 0, 0, 0);
}

function masked(crc: number): number {
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}
