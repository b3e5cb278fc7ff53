import assert from 'node:assert/strict';
import { it } from 'node:test';
import { StateManager } from '../../src/managers/state-manager.js';
import { refuses } from '../support/contracts.js';
import { memoryContracts } from '../support/memory-contracts.js';

it('validate refuses what holds an error, by its texts, and lets warnings pass', async () => {
  const key = '97-LookCoin';
  const holding = (severity: 'error' | 'warning') => {
    const inspect = () => Promise.resolve([{ severity, key, message: 'is no record' }]);
    return new StateManager({ network: 'bsctestnet' }, { ...memoryContracts(), inspect });
  };
  const error = await refuses(['VALIDATION_FAILED'], holding('error').validate());
  assert.deepEqual(error.details['errors'], [`${key}: is no record`]);
  await holding('warning').validate();
  assert.deepEqual((await holding('warning').validateIntegrity()).warnings, [`${key}: is no record`]);
});
