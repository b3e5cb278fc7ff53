import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { reviewPage } from './review-page.js';

it('the page of an example review is what the program writes (npm run docs:review)', (t) => {
  const page = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'review-example.md'), 'utf8');
  assert.equal(page, reviewPage(t));
});
