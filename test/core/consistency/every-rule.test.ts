import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { consistencyRules } from '../../../src/core/consistency/all-rules.js';
import { checkConsistency } from '../../../src/core/consistency/check.js';
import { type Example, exampleState } from '../../../src/core/consistency/example.js';
import { hintOf } from '../../../src/core/consistency/place-problem.js';
import type { Finding } from '../../../src/core/finding.js';
import { rules } from '../../../src/core/inspect/rules.js';

function found(example: Example): Finding[] {
  const { snapshot, options } = exampleState(example);
  return checkConsistency(snapshot, options);
}

describe('every consistency rule', () => {
  for (const rule of consistencyRules) {
    it(`${rule.id} fires on its example, once in each place, and is silent beside it`, () => {
      const own = found(rule.fires).filter((finding) => finding.rule === rule.id);
      assert.ok(own.length > 0, 'its example does not fire');
      assert.equal(new Set(own.map(({ file, path }) => `${file} ${path}`)).size, own.length);
      for (const finding of own) {
        assert.ok(finding.message.length > 10 && finding.hint === hintOf(rule.remedy));
        assert.ok(finding.line !== undefined || finding.network === '', `${finding.file} has no position`);
      }
      assert.deepEqual(
        found(rule.silent).filter((finding) => finding.rule === rule.id),
        [],
      );
    });
  }

  it('has an id of its own, with a subject, and is explained', () => {
    const ids = consistencyRules.map(({ id }) => id);
    assert.equal(new Set([...ids, ...rules.map(({ id }) => id)]).size, ids.length + rules.length);
    for (const { id, title, meaning, remedy } of consistencyRules) {
      assert.match(id, /^[a-z]+\/[a-z]+(?:-[a-z]+)*$/);
      for (const text of [title, meaning, remedy]) assert.ok(text.length > 10, id);
    }
  });

  it('is silent on examples that are about other rules, unless they break it too', () => {
    const others = consistencyRules.flatMap((rule) =>
      found(rule.silent)
        .filter(({ severity }) => severity === 'error')
        .map((finding) => `${rule.id}: ${finding.rule}`),
    );
    assert.deepEqual(others, []);
  });

  it('finds the same, byte for byte, when it runs again', () => {
    for (const { fires } of consistencyRules) assert.equal(JSON.stringify(found(fires)), JSON.stringify(found(fires)));
  });
});
