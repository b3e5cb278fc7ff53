import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runOptions } from '../../../src/cli/verbs/migrate/migration-context.js';
import { memoryRepository } from '../../support/memory-repository.js';
import { verbContext } from '../../support/verb-context.js';

const asked = (environment: Readonly<Record<string, string>>, args = {}) =>
  runOptions(args, { ...verbContext(memoryRepository({})), environment });

describe('the environment of a migration', () => {
  it('says by MIGRATION_WORKERS how many records are read ahead', () => {
    assert.equal(asked({ MIGRATION_WORKERS: '4' }).ahead, 4);
    assert.equal(asked({ MIGRATION_WORKERS: '' }).ahead, asked({}).ahead);
    for (const MIGRATION_WORKERS of ['0', '-1', 'many', '1.5'])
      assert.throws(() => asked({ MIGRATION_WORKERS }), { code: 'ENVIRONMENT_INVALID' });
  });

  it('makes a batch of each record by ENABLE_BATCH_PROCESSING=false, and of as many as --batch-size says otherwise', () => {
    assert.equal(asked({ ENABLE_BATCH_PROCESSING: 'false' }, { 'batch-size': '20' }).batchSize, 1);
    for (const environment of [{}, { ENABLE_BATCH_PROCESSING: 'true' }])
      assert.equal(asked(environment, { 'batch-size': '20' }).batchSize, 20);
    assert.throws(() => asked({}, { 'batch-size': '0' }), { code: 'BAD_USAGE' });
  });
});
