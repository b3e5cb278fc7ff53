import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { dangers } from '../../src/core/diff/change.js';
import { reviewPage } from './review-page.js';

const root = join(import.meta.dirname, '..', '..', '..');

it('the README explains every danger', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  for (const danger of dangers) assert.match(readme, new RegExp(`^\\|.*\`${danger}\`.* \\| \\S`, 'm'));
});

it('the page of an example review is what the program writes (npm run docs:review)', (t) => {
  const page = readFileSync(join(root, 'docs', 'review-example.md'), 'utf8');
  assert.equal(page, reviewPage(t));
});
