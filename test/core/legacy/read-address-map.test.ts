import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Json } from '../../../src/core/json.js';
import { readAddressMap } from '../../../src/core/legacy/read-address-map.js';
import { itemsOf, withItems } from '../../../src/core/quarantine.js';
import { pointer } from '../../../src/core/text/pointer.js';
import { canonicalize } from '../../../src/core/text/canonical.js';
import { readText } from '../../../src/core/text/read.js';
import { address } from '../../support/deployments.js';

const good = address('good');
const brokenCase = good.replace(/[a-f]/, (digit) => digit.toUpperCase());

describe('a map of names to addresses', () => {
  it('gives a record per name, its address in EIP-55 form', () => {
    const { records, rejects } = read(
      `{"A": "${good}", "b/C.sol:C": "${good.toLowerCase()}", "D": "0x${good.slice(2).toUpperCase()}"}`,
    );
    assert.deepEqual(
      records.map(({ contractName, fields }) => [contractName, fields]),
      ['A', 'b/C.sol:C', 'D'].map((name) => [name, { address: good }]),
    );
    assert.deepEqual(
      records.map(({ key }) => key),
      ['/A', '/b~1C.sol:C', '/D'],
    );
    assert.deepEqual(rejects, []);
  });

  const wrong = [
    'null',
    'true',
    '12',
    '1e999',
    '9007199254740993',
    '""',
    '"0x12"',
    '"pending"',
    '"\\ud800"',
    `"0x${'0'.repeat(40)}"`,
    `"0x${'ab'.repeat(32)}"`,
    `"${brokenCase}"`,
    `"${good} "`,
    `"0X${good.slice(2)}"`,
    `["${good}"]`,
    `{ "address": "${good}",\n  "address": 1 }`,
    '{"__proto__": 1}',
  ];
  for (const source of wrong) {
    it(`rejects the value ${source.slice(0, 24)}… with its text, and nothing beside it`, () => {
      const { records, rejects } = read(`{"A": ${source}, "B": "${good}"}`);
      assert.deepEqual(
        records.map(({ contractName }) => contractName),
        ['B'],
      );
      assert.deepEqual(
        rejects.map(({ key, raw }) => [key, Buffer.from(raw).toString()]),
        [['/A', source]],
      );
    });
  }

  for (const name of ['', '__proto__', 'constructor', 'a b', '../x', '\\ud800', 'x\\u0000', good, 'n'.repeat(201)]) {
    it(`rejects the name ${JSON.stringify(name.slice(0, 20))}, whose item can be written down`, () => {
      const { records, rejects } = read(`{"${name}": "${good}"}`);
      assert.deepEqual([records.length, rejects.length], [0, 1]);
      const items = rejects.map(({ key, reason }) => ({ key, reason, source: 'addresses', raw: '' }));
      const text = canonicalize(withItems({ schemaVersion: '3.0.0', records: {} }, items));
      const back = readText(Buffer.from(text));
      assert.ok(back.ok);
      assert.deepEqual(itemsOf(back.value), items);
    });
  }

  it('believes a name that stands twice only where both mean one address', () => {
    const { records, rejects } = read(
      `{"A": "${good}", "B": "${good}", "A": "${address('other')}", "B": "${good.toLowerCase()}", "C": 1, "C": 1}`,
    );
    assert.deepEqual(
      records.map(({ contractName }) => contractName),
      ['B'],
    );
    assert.deepEqual(
      rejects.map(({ key }) => key),
      ['/A', '/A', '/C'],
    );
  });

  it('is refused where it is no JSON object, at the place that is wrong', () => {
    const cases: [string, string, number, number][] = [
      ['', 'json-syntax', 1, 1],
      ['[]', 'json-root', 1, 1],
      ['"x"', 'json-root', 1, 1],
      [`{\n  "A": "${good}"\n  "B": "${good}"\n}`, 'json-syntax', 3, 3],
      [`{\n<<<<<<< ours\n  "A": "${good}"\n=======\n}`, 'json-conflict', 2, 1],
      [`{"a": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'json-depth', 1, 70],
    ];
    for (const [text, rule, line, column] of cases) {
      const answer = readAddressMap(Buffer.from(text));
      assert.deepEqual(answer.ok ? null : [answer.refusal.rule, answer.refusal.line, answer.refusal.column], [
        rule,
        line,
        column,
      ]);
    }
    assert.ok(!readAddressMap(Uint8Array.of(0x7b, 0xff, 0x7d)).ok);
  });

  it('loses no entry, whatever it holds', () => {
    const names = fc.oneof(fc.constantFrom('A', 'B', 'constructor', 'a/B.sol:B'), fc.string({ maxLength: 6 }));
    const values = fc.oneof(fc.constantFrom(good, good.toLowerCase(), brokenCase), fc.jsonValue({ maxDepth: 2 }));
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(names, values), { selector: ([name]) => name }), (entries) => {
        const members = entries.map(([name, value]) => [JSON.stringify(name), JSON.stringify(value)] as const);
        const { records, rejects } = read(`{${members.map((member) => member.join(':')).join(',')}}`);
        const kept = [...records, ...rejects].map(({ key, raw }) => [key, Buffer.from(raw).toString()]).sort();
        assert.deepEqual(kept, entries.map(([name, value]) => [pointer(name), JSON.stringify(value as Json)]).sort());
      }),
    );
  });
});

function read(text: string) {
  const answer = readAddressMap(Buffer.from(text));
  assert.ok(answer.ok);
  return answer;
}
