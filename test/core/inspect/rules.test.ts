import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { hintFor } from '../../../src/core/inspect/hint.js';
import { rules } from '../../../src/core/inspect/rules.js';
import { sharedData } from '../../support/shared-data.js';

describe('the rules', () => {
  it('are each explained once', () => {
    assert.equal(new Set(rules.map(({ id }) => id)).size, rules.length);
    for (const rule of rules) {
      for (const text of [rule.title, rule.meaning, rule.remedy]) assert.ok(text.length > 5, rule.id);
      assert.match(hintFor(rule.id, 'deployments/unified/a.unified.json'), /^(?:meant it\?  )?(?:stateroot|git) /);
    }
  });

  it('are those of the format, with its severities and key positions', (t) => {
    const folder = sharedData();
    if (folder === null) {
      t.skip('shared data is not here');
      return;
    }
    const format = readFileSync(join(folder, '..', 'FORMAT.md'), 'utf8');
    const findings = format.slice(format.indexOf('## 13'), format.indexOf('## 14'));
    const listed = (from: string) => {
      const part = findings.slice(findings.indexOf(from) + from.length);
      const end = part.search(/\n- |$(?![\s\S])/);
      return part.slice(0, end).match(/[a-z]+(?:-[a-z]+)+/g) ?? [];
    };
    const idsOf = (match: (rule: (typeof rules)[number]) => boolean) =>
      rules
        .filter(match)
        .map(({ id }) => id)
        .sort();
    assert.deepEqual(
      idsOf((rule) => rule.repairedBy === 'fmt'),
      listed('Errors that `fmt` repairs:').sort(),
    );
    assert.deepEqual(
      idsOf(
        (rule) =>
          rule.severity === 'error' &&
          rule.repairedBy !== 'fmt' &&
          rule.refusal !== true &&
          !['quarantine-form', 'config-form', 'merge-blend'].includes(rule.id),
      ),
      [...new Set(listed('Errors: '))].filter((id) => rules.some((rule) => rule.id === id)).sort(),
    );
    assert.deepEqual(
      idsOf((rule) => rule.severity !== 'error'),
      listed('Warnings: ').sort(),
    );
    const keyed = findings.slice(findings.indexOf('of the key for'), findings.indexOf('of the enclosing object'));
    assert.deepEqual(
      idsOf((rule) => rule.at === 'key'),
      (keyed.match(/[a-z]+(?:-[a-z]+)+/g) ?? []).sort(),
    );
  });
});
