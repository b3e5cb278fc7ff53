import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rulesPage } from './rules-page.js';

// `npm run docs:rules`
writeFileSync(join(import.meta.dirname, '..', '..', '..', 'schemas', 'RULES.md'), rulesPage());
