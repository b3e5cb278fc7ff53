import type { Row } from './row.js';
import { rows as backends } from './rows/backends.js';
import { rows as chains } from './rows/chains.js';
import { rows as contradictions } from './rows/contradictions.js';
import { rows as errors } from './rows/errors.js';
import { rows as factory } from './rows/factory.js';
import { rows as interfaces } from './rows/interface.js';
import { rows as later } from './rows/later.js';
import { rows as migration } from './rows/migration.js';
import { rows as monitoring } from './rows/monitoring.js';
import { rows as process } from './rows/process.js';
import { rows as recovery } from './rows/recovery.js';
import { rows as schemas } from './rows/schemas.js';
import { rows as security } from './rows/security.js';

/** Parts of the list, in its order: a letter of ids, the first and the last. */
export const parts: readonly { title: string; letter: 'R' | 'C'; first: number; last: number }[] = [
  { title: 'Model and interface', letter: 'R', first: 1, last: 33 },
  { title: 'Backends', letter: 'R', first: 34, last: 63 },
  { title: 'Factory and settings', letter: 'R', first: 64, last: 79 },
  { title: 'Schemas and files', letter: 'R', first: 80, last: 97 },
  { title: 'Migration', letter: 'R', first: 98, last: 125 },
  { title: 'Backups, rollback, recovery', letter: 'R', first: 126, last: 134 },
  { title: 'Errors', letter: 'R', first: 135, last: 149 },
  { title: 'Security and audit', letter: 'R', first: 150, last: 153 },
  { title: 'Performance and monitoring', letter: 'R', first: 154, last: 172 },
  { title: 'Consistency across networks', letter: 'R', first: 173, last: 180 },
  { title: 'Interfaces for later', letter: 'R', first: 181, last: 185 },
  { title: 'Process', letter: 'R', first: 186, last: 190 },
  { title: 'Contradictions', letter: 'C', first: 1, last: 50 },
];

/** Every row there is; a file of `rows/` for each topic. */
export const rows: readonly Row[] = [
  ...interfaces,
  ...backends,
  ...factory,
  ...schemas,
  ...errors,
  ...security,
  ...migration,
  ...recovery,
  ...monitoring,
  ...chains,
  ...later,
  ...process,
  ...contradictions,
];
