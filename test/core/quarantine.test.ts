import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { itemsOf, quarantineId, quarantineText, readQuarantine, withItems } from '../../src/core/quarantine.js';

const item = { key: '31337-A', reason: 'address is not hexadecimal', source: 'leveldb', raw: '{"a":1}' };
const bytes = { key: '97-B', reason: 'the value is not JSON', source: 'leveldb', rawBase64: '/w==' };

describe('a quarantine file', () => {
  it('names an item by its content, whatever the order of its members', () => {
    const { raw, ...rest } = item;
    assert.equal(quarantineId({ raw, ...rest }), quarantineId(item));
    assert.match(quarantineId(item), /^[0-9a-f]{16}$/);
    assert.notEqual(quarantineId(item), quarantineId({ ...item, reason: 'other' }));
  });

  it('begins with nothing and holds what was added, once', () => {
    const empty = readQuarantine(null);
    assert.ok(empty.ok);
    const once = withItems(empty.root, [item, bytes]);
    assert.deepEqual(withItems(once, [bytes, item]), once);
    assert.equal(itemsOf(once).length, 2);
  });

  it('keeps what is there, also what it does not know, and reads back what it wrote', () => {
    const kept = { schemaVersion: '3.0.0', 'x-note': 1, records: { other: { key: 'k', later: true } } };
    const read = readQuarantine(Buffer.from(quarantineText(withItems(kept, [item]))));
    assert.ok(read.ok);
    assert.deepEqual(read.root, { ...kept, records: { ...kept.records, [quarantineId(item)]: item } });
    assert.deepEqual(itemsOf(read.root), [item]);
  });

  it('refuses a text that is no JSON object', () => {
    assert.equal(readQuarantine(Buffer.from('[]')).ok, false);
  });
});
