import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { documentedCommands } from '../../src/cli/documented/all-commands.js';
import { runPage } from './run-page.js';

describe('the page of documented command names', () => {
  it('has a row for each of them', () => {
    const rows = [...runPage().matchAll(/^\| `([\w:-]+)` \| \S/gm)].map(([, name = '']) => name);
    assert.deepEqual(rows.sort(), [...documentedCommands.keys()].sort());
  });

  it('is the one in docs/ (npm run docs:run)', () => {
    const page = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'run.md'), 'utf8');
    assert.equal(page, runPage());
  });
});
