import type { Row } from '../row.js';

export const rows: readonly Row[] = [
  {
    id: 'R135',
    says: 'Every refusal is one class of error with a name, a code, a message and the cause as third argument',
    code: 'src/errors.ts#StateManagerError',
    test: 'test/errors.test.ts › takes the cause as third argument, as in the design documents',
  },
];
