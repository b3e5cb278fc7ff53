import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { consistencyRules } from '../../src/core/consistency/all-rules.js';
import { rules } from '../../src/core/inspect/rules.js';
import { rulesPage } from './rules-page.js';

describe('the page of rules', () => {
  it('lists every rule once', () => {
    const listed = [...rulesPage().matchAll(/^\| `([a-z0-9/-]+)` \|/gm)].map(([, id = '']) => id);
    assert.deepEqual(listed.sort(), [...rules, ...consistencyRules].map(({ id }) => id).sort());
  });

  it('is the one in schemas/ (npm run docs:rules)', () => {
    const page = readFileSync(join(import.meta.dirname, '..', '..', '..', 'schemas', 'RULES.md'), 'utf8');
    assert.equal(page, rulesPage());
  });
});
