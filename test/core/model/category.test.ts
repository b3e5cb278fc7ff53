import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultConfig } from '../../../src/core/config/config.js';
import { categoryOf } from '../../../src/core/model/category.js';

test('a category comes from configuration, else from what the contract is called, else it is core', () => {
  const config = { ...defaultConfig, categories: new Map([['FeeManager', 'finance']]) };
  assert.equal(categoryOf('FeeManager', config), 'finance');
  assert.equal(categoryOf('a.sol:FeeManager', config), 'finance');
  assert.equal(categoryOf('FeeManager', defaultConfig), 'infrastructure');
  assert.equal(categoryOf('CrossChainRouter', defaultConfig), 'infrastructure');
  assert.equal(categoryOf('x/L.sol:LayerZeroModule', defaultConfig), 'protocol');
  assert.equal(categoryOf('ModuleX', defaultConfig), 'core');
  assert.equal(categoryOf('constructorX', defaultConfig), 'core');
});
