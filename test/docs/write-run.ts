import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runPage } from './run-page.js';

// `npm run docs:run`
writeFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'run.md'), runPage());
