import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sharedData } from '../support/shared-data.js';
import { mergesPage } from './merges-page.js';
import { realMerges } from './real-merges.js';

// `npm run docs:merges`
const folder = sharedData('merges');
if (folder === null) throw new Error('the data is not here: STATEROOT_SHARED_DATA names its folder');
writeFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'merges.md'), mergesPage(await realMerges(folder)));
