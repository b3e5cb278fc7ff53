import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reviewPage } from './review-page.js';

// `npm run docs:review`
const folder = join(import.meta.dirname, '..', '..', '..', 'docs');
const cleanups: (() => void)[] = [];
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'review-example.md'), reviewPage({ after: (run) => cleanups.push(run) }));
for (const cleanup of cleanups) cleanup();
