import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { associate, dissociate } from '../../../src/commands/setup/editor-settings.js';

const pattern = '/deployments/unified/*.unified.json';
const other = '/packages/a/deployments/unified/*.unified.json';
const mine = { fileMatch: ['/x.json'], url: './x.schema.json' };

function schemasIn(settings: string | null): unknown[] {
  assert.notEqual(settings, null);
  const value = JSON.parse(settings ?? '') as { 'json.schemas': { fileMatch: string[] }[] };
  return value['json.schemas'].map(({ fileMatch }) => fileMatch[0]);
}

describe('editor settings', () => {
  it('name the schema for the files of a state root', () => {
    assert.deepEqual(schemasIn(associate(null, pattern)), [pattern]);
    assert.deepEqual(schemasIn(associate('{"a": 1}', pattern)), [pattern]);
    assert.deepEqual(schemasIn(associate(JSON.stringify({ 'json.schemas': [mine] }), pattern)), [pattern, '/x.json']);
    assert.deepEqual(schemasIn(associate(associate(null, pattern), other)), [other, pattern]);
  });

  it('are given back byte for byte', () => {
    const before = fc
      .dictionary(fc.string(), fc.jsonValue())
      .chain((value) =>
        fc.constantFrom(value, { ...value, 'json.schemas': [mine] }, { 'json.schemas': [mine, mine], ...value }),
      )
      .chain((value) =>
        fc.constantFrom(
          JSON.stringify(value),
          `${JSON.stringify(value, null, 2)}\n`,
          JSON.stringify(value, null, '\t'),
        ),
      );
    fc.assert(
      fc.property(fc.option(before), (text) => {
        const one = associate(text, pattern);
        if (one === null) return;
        assert.equal(dissociate(one, pattern), text);
        assert.equal(associate(one, pattern), one);
        const both = associate(one, other);
        if (both === null) return;
        assert.equal(dissociate(dissociate(both, other) ?? '', pattern), text);
        assert.equal(dissociate(dissociate(both, pattern) ?? '', other), text);
      }),
    );
  });

  it('keep what was added around the schema since', () => {
    const one = associate(null, pattern) ?? '';
    assert.deepEqual(JSON.parse(dissociate(one.replace(/\n\}\n$/, ',\n  "a": 1\n}\n'), pattern) ?? ''), { a: 1 });
  });

  for (const text of [
    '// mine\n{}',
    '{"a": 1,}',
    '[]',
    '',
    '{"json.schemas": []}',
    '{"json.schemas": {}}',
    '\ufeff{}',
  ]) {
    it(`are left alone in the form ${JSON.stringify(text)}`, () => {
      assert.equal(associate(text, pattern), null);
      assert.equal(dissociate(text, pattern), text);
    });
  }
});
