import type { Topic } from './answer.js';

const everyFile = { runs: ['validate'] };

/** Is each file what it claims, and do the networks agree. */
export const judging: Topic = {
  title: 'Validating files',
  answers: {
    'state:validate': everyFile,
    'debug:data-integrity': everyFile,
    'verify:data-integrity': everyFile,
    'assess:data-corruption': everyFile,
    'generate:corruption-report': everyFile,
    'identify:corrupted-json': everyFile,
    'validate:all-json-files': everyFile,
    'validate:json': { runs: ['validate'], note: 'takes paths; without one, every file' },
    'validate:json-syntax': everyFile,
    'validate:data-against-schema': everyFile,
    'check:json-schema-version': everyFile,
    'check:json-corruption-patterns': everyFile,
    'verify:json-file-integrity': everyFile,
    'verify:json-file-validity': everyFile,
    'update:json-schema': {
      not: 'There is one schema, 3.0.0, and it comes with the stateroot that is installed.',
      instead: 'update the package, then stateroot init renews what it set up; older files come in by import json',
    },
    'add:json-integrity-checks': {
      runs: ['init'],
      note: 'hooks and CI; every record has a checksum from its first write',
    },
    'implement:atomic-json-writes': {
      already: 'Every write happens whole or not at all: one commit, synced to disk before it is acknowledged.',
    },
    'test:json-backend:comprehensive': { runs: ['validate', 'check', 'doctor'] },
    'test:cross-network:json-backend': { runs: ['check'] },
    'test:integration:existing-tools': { runs: ['doctor'], note: 'hooks, drivers, formatters, editors, CI' },
    'test:error-recovery': { runs: ['recover'], note: 'what a killed write left; without one there is nothing to do' },
    'test:edge-cases:json-backend': {
      not: 'Edge cases of the storage are tested by the suite of stateroot, not in your repository.',
      instead: 'npm test in a clone of stateroot; what lies in yours is judged by stateroot validate',
    },
  },
};
