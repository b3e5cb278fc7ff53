import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Json } from '../../../src/core/json.js';
import { canonicalize } from '../../../src/core/text/canonical.js';
import { readText, readValue } from '../../../src/core/text/read.js';
import { sharedData } from '../../support/shared-data.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const ruleOf = (text: string) => {
  const read = readText(bytes(text));
  return read.ok ? null : read.refusal.rule;
};

describe('reading a text', () => {
  it('gives the object and the exact text', () => {
    const read = readText(bytes('{"b": [1.0], "a": "\\u0041"}'));
    const expected = { ok: true, text: '{"b": [1.0], "a": "\\u0041"}', value: { b: [1], a: 'A' }, canonical: false };
    assert.deepEqual(read, expected);
  });

  it('knows canonical text, and takes no other for it', () => {
    const isCanonical = (text: string) => {
      const read = readText(bytes(text));
      return read.ok && read.canonical;
    };
    for (const text of ['{}\n', '{\n  "10": {},\n  "9": []\n}\n', '{\n  "a": "\\\\ud800"\n}\n'])
      assert.ok(isCanonical(text), text);
    for (const text of ['{}', '\uFEFF{}\n', '{\n  "9": 1,\n  "10": 1\n}\n', '{\n  "a": 1.0\n}\n', '{ }\n'])
      assert.ok(!isCanonical(text), text);
  });

  it('counts nesting in the text, not in what is left of it, and bears any of it', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    assert.equal(ruleOf(`{"a":${nested(63)}}`), null);
    for (const depth of [64, 400, 300_000]) assert.equal(ruleOf(`{"a":${nested(depth)}}`), 'json-depth');
    assert.equal(ruleOf(`{"a":${nested(64)},"a":1}`), 'json-depth');
    const canonical = (depth: number): string => {
      let value: unknown = 1;
      for (let level = 0; level < depth; level += 1) value = { a: value };
      return `${JSON.stringify(value, null, 2)}\n`;
    };
    assert.deepEqual([ruleOf(canonical(64)), ruleOf(canonical(65))], [null, 'json-depth']);
  });

  it('lets a byte order mark pass and takes no column for it', () => {
    assert.equal(readText(bytes('\uFEFF{}')).ok, true);
    const read = readText(bytes('\uFEFF{"a":-0}'));
    assert.ok(!read.ok);
    assert.deepEqual([read.refusal.line, read.refusal.column, read.refusal.path], [1, 6, '/a']);
  });

  it('refuses by the first rule of the list, not the first place', () => {
    assert.equal(ruleOf('{"a":1e999,"b":"\\ud800","c":{"x":1,"x":1},"__proto__":1}'), 'json-key');
    assert.equal(ruleOf('{"a":1e999,"b":"\\ud800","c":{"x":1,"x":1}}'), 'json-duplicate-key');
    assert.equal(ruleOf('{"a":1e999,"b":"\\ud800"}'), 'json-surrogate');
    assert.equal(ruleOf('[{"__proto__":1}]'), 'json-root');
    assert.equal(ruleOf('{"a":1e999,}'), 'json-syntax');
    assert.equal(ruleOf('{"a":1\n<<<<<<< ours\n}'), 'json-conflict');
    assert.equal(ruleOf('{"a":1\n<<<<<<<\r\n}'), 'json-conflict');
    assert.equal(ruleOf('{"a":1\n <<<<<<< ours\n}'), 'json-syntax');
  });

  it('refuses a member twice however its key is spelled, and keeps equal keys of different objects', () => {
    assert.equal(ruleOf('{"a":{"k":1},"b":{"k":1}}'), null);
    assert.equal(ruleOf('{"a/b":{"c":1},"a":{"b":1}}'), null);
    assert.equal(ruleOf('{"\\u0061":1,"a":1}'), 'json-duplicate-key');
  });

  it('keeps keys that a prototype has', () => {
    const read = readText(bytes('{"constructor":1,"toString":2,"prototype":3}'));
    assert.ok(read.ok);
    assert.deepEqual(Object.keys(read.value), ['constructor', 'toString', 'prototype']);
    assert.equal(({} as { polluted?: unknown }).polluted, undefined);
  });

  it('reads 64 MiB and refuses one byte more', () => {
    const size = 67_108_864;
    const fill = (length: number) => {
      const text = Buffer.alloc(length, 'a');
      text.write('{"a":"');
      text.write('"}', length - 2);
      return readText(text);
    };
    assert.equal(fill(size).ok, true);
    const refused = fill(size + 1);
    assert.ok(!refused.ok);
    assert.equal(refused.refusal.rule, 'text-size');
  });

  it('survives nesting of any depth', () => {
    assert.equal(ruleOf('{"a":'.repeat(65) + '1' + '}'.repeat(65)), 'json-depth');
    assert.equal(ruleOf('{"a":'.repeat(64) + '1' + '}'.repeat(64)), null);
    assert.equal(ruleOf('{"a":'.repeat(500_000) + '1' + '}'.repeat(500_000)), 'json-depth');
    assert.equal(ruleOf('['.repeat(5_000_000)), 'json-depth');
    assert.equal(ruleOf('['.repeat(900)), 'json-syntax');
    assert.equal(ruleOf(`{"a":"${'['.repeat(500)}"}`), null);
  });

  it('names the first byte that is not UTF-8', () => {
    const at = (...tail: number[]) => {
      const read = readText(Uint8Array.of(...bytes('{"é":"😀\n'), ...tail));
      assert.ok(!read.ok);
      return [read.refusal.rule, read.refusal.line, read.refusal.column];
    };
    assert.deepEqual(at(0x78, 0xff, 0x22), ['text-encoding', 2, 2]);
    assert.deepEqual(at(0xe2, 0x82, 0x22), ['text-encoding', 2, 1]);
    assert.deepEqual(at(0xed, 0xa0, 0x80), ['text-encoding', 2, 1]);
    assert.deepEqual(at(0x78, 0xf0, 0x9f, 0x98), ['text-encoding', 2, 2]);
  });

  it('points at a control character inside a string, and behind the end of a text that stops early', () => {
    const place = (text: string) => {
      const read = readText(bytes(text));
      assert.ok(!read.ok);
      assert.equal(read.refusal.rule, 'json-syntax');
      return [read.refusal.line, read.refusal.column];
    };
    assert.deepEqual(place('{"a":"b\tc"}'), [1, 8]);
    assert.deepEqual(place('{"a":1'), [1, 7]);
    assert.deepEqual(place('{"a"'), [1, 5]);
    assert.deepEqual(place('{"a":"x'), [1, 8]);
    assert.deepEqual(place('{"a":1} x'), [1, 9]);
    assert.deepEqual(place('\uFEFF\uFEFF{}'), [1, 1]);
    assert.deepEqual(place('{"a":1,\r\n"b":}'), [2, 5]);
  });
});

describe('reading a foreign value', () => {
  const foreign = (text: string) => readValue(bytes(text), { foreign: true });

  it('tags integers that a number cannot hold', () => {
    assert.deepEqual(foreign('[9007199254740993, -1e21, 5]'), {
      ok: true,
      value: [
        { _type: 'bigint', _value: '9007199254740993' },
        { _type: 'bigint', _value: '-1000000000000000000000' },
        5,
      ],
    });
    assert.deepEqual(foreign('{"type":"BigInt","value":"12"}'), { ok: true, value: { _type: 'bigint', _value: '12' } });
  });

  it('guesses nothing', () => {
    for (const text of ['{"type":"BigInt","value":"012"}', '{"type":"BigInt","value":"1","x":0}', '["123"]']) {
      assert.deepEqual(foreign(text), { ok: true, value: JSON.parse(text) as Json });
    }
  });

  it('still refuses numbers that are no integers, and giant ones', () => {
    for (const text of ['[9007199254740992.5]', '[-0]', '[1e-400]', '[1e1000]', '[1e999999999999999999]']) {
      const read = foreign(text);
      assert.equal(read.ok, false, text);
    }
  });
});

describe('canonical vectors', () => {
  const file = sharedData('format-vectors', 'canonical.json');
  it('are read and written to the byte', (t) => {
    if (file === null) {
      t.skip('shared data is not here');
      return;
    }
    type Vector = { text: string; canonical?: string; refused?: string };
    const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as { vectors: Vector[] };
    for (const vector of vectors) {
      const read = readValue(bytes(vector.text));
      if (vector.refused !== undefined) assert.equal(read.ok ? null : read.refusal.rule, vector.refused, vector.text);
      else assert.equal(read.ok ? canonicalize(read.value) : null, vector.canonical, vector.text);
    }
    assert.ok(vectors.length >= 47);
  });
});

describe('JSONTestSuite', () => {
  const folder = sharedData('corpora', 'JSONTestSuite', 'test_parsing');
  it('is judged as RFC 8259 and the format say', (t) => {
    if (folder === null) {
      t.skip('shared data is not here');
      return;
    }
    const refusedBy = new Map<string, string | null>();
    for (const name of readdirSync(folder)) {
      const read = readValue(readFileSync(join(folder, name)));
      refusedBy.set(name, read.ok ? null : read.refusal.rule);
    }
    const of = (prefix: string) => [...refusedBy].filter(([name]) => name.startsWith(prefix));
    assert.deepEqual(
      of('n_').filter(([, rule]) => rule === null),
      [],
    );
    assert.equal(of('n_').length, 188);
    assert.deepEqual(
      of('i_').filter(([, rule]) => rule === null),
      [['i_structure_UTF-8_BOM_empty_object.json', null]],
    );
    const refusedValid = of('y_').filter(([, rule]) => rule !== null);
    assert.deepEqual(
      [
        refusedValid.filter(([, rule]) => rule === 'json-duplicate-key').length,
        refusedValid.filter(([, rule]) => rule === 'json-number').length,
      ],
      [2, 7],
    );
    assert.deepEqual([of('y_').length, refusedValid.length], [95, 9]);
  });
});

describe('laws of reading and writing', () => {
  const jsonValue = fc.jsonValue({ noUnicodeString: false }).filter((value) => {
    const read = readValue(bytes(JSON.stringify(value)));
    return read.ok;
  }) as fc.Arbitrary<Json>;

  it('canonical text is a fixed point of reading, and every value round-trips', () => {
    fc.assert(
      fc.property(jsonValue, fc.constantFrom(undefined, 1, '\t'), (value, space) => {
        const text = canonicalize(value);
        const again = readValue(bytes(text));
        assert.ok(again.ok);
        assert.deepEqual(again.value, JSON.parse(JSON.stringify(value)));
        assert.equal(canonicalize(again.value), text);
        const foreignSpelling = readValue(bytes(JSON.stringify(value, null, space)));
        assert.ok(foreignSpelling.ok);
        assert.equal(canonicalize(foreignSpelling.value), text);
      }),
    );
  });

  it('a foreign value reads alike as JSON.stringify writes it and with a blank more', () => {
    const number = fc.constantFrom(
      '0',
      '-0',
      '1',
      '1.0',
      '1.5',
      '1e3',
      '1e-7',
      '1e+21',
      '9007199254740993',
      '0.10',
      '1e400',
    );
    const text = fc.constantFrom(
      '"a"',
      '"type"',
      '"value"',
      '"BigInt"',
      '"12"',
      '"__proto__"',
      '"1"',
      '"\\ud800"',
      '"\\u0041"',
    );
    const { value } = fc.letrec<{ value: string }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        number,
        text,
        fc.constantFrom('null', 'true'),
        fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join()}]`),
        fc
          .array(fc.tuple(text, tie('value')), { maxLength: 3 })
          .map((members) => `{${members.map(([key, item]) => `${key}:${item}`).join()}}`),
      ),
    }));
    const read = (json: string) => {
      const answer = readValue(Buffer.from(json), { foreign: true });
      return answer.ok ? answer : { ...answer, refusal: answer.refusal.rule };
    };
    fc.assert(
      fc.property(value, (json) => {
        assert.deepEqual(read(json), read(`${json} `), json);
      }),
      { numRuns: 2000 },
    );
  });

  it('any bytes are read or refused with one rule, never thrown at', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\\',
      'a',
      '1',
      '-',
      '.',
      'e',
      'null',
      '\n',
      '\r',
      ' ',
      '"a"',
      '\uFEFF',
      '\\u',
      '\ud83d\ude00',
      '0',
      'tru',
      '/',
      '\u0000',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        const read = readValue(bytes(text));
        let accepted = true;
        try {
          JSON.parse(text.replace(/^\uFEFF/, ''));
        } catch {
          accepted = false;
        }
        if (!accepted) assert.equal(read.ok ? null : read.refusal.rule, 'json-syntax', text);
        if (read.ok) assert.ok(accepted);
      }),
      { numRuns: 3000 },
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (input) => typeof readValue(input).ok === 'boolean'));
  });
});
