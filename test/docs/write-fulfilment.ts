import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fulfilmentPage } from './fulfilment-page.js';

// `npm run docs:fulfilment`
writeFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'fulfilment.md'), fulfilmentPage());
