import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readLogRequest } from '../../../src/managers/factory/log-variables.js';
import { type BackendChoice, resolveConfiguration } from '../../../src/managers/factory/resolve-configuration.js';
import { StateManagerError } from '../../../src/errors.js';

const resolved = (options: BackendChoice, env: Record<string, string> = {}, plugins: string[] = []) =>
  resolveConfiguration('bscmainnet', options, env, plugins);

describe('the configuration of a state manager', () => {
  it('is by default what is there, with fallback, cache and both writes', () => {
    const { network, emergency, notes, ...settings } = resolved({});
    assert.deepEqual([network, emergency, notes], ['bscmainnet', null, []]);
    assert.deepEqual(Object.fromEntries(Object.entries(settings).map(([name, { value }]) => [name, value])), {
      backend: 'auto',
      primaryBackend: 'leveldb',
      secondaryBackend: null,
      preferJSON: null,
      enableFallback: true,
      enableCaching: true,
      dualWriteEnabled: true,
    });
    assert.ok(Object.values(settings).every(({ origin }) => origin === 'default'));
  });

  for (const [setting, variable, text, value, option] of [
    ['backend', 'STATE_BACKEND', 'json', 'json', 'unified'],
    ['primaryBackend', 'PRIMARY_BACKEND', 'json', 'json', 'unified'],
    ['preferJSON', 'PREFER_JSON', 'true', true, false],
    ['enableFallback', 'ENABLE_FALLBACK', 'false', false, true],
    ['enableCaching', 'ENABLE_CACHING', 'false', false, true],
    ['dualWriteEnabled', 'DUAL_WRITE_MODE', 'false', false, true],
  ] as const) {
    it(`takes ${setting} from the option, else from ${variable}`, () => {
      const env = { [variable]: text };
      assert.deepEqual(resolved({}, env)[setting], { value, origin: variable });
      assert.deepEqual(resolved({ [setting]: option }, env)[setting], { value: option, origin: 'option' });
      assert.equal(resolved({}, { [variable]: '' })[setting].origin, 'default');
    });
  }

  for (const [variable, value] of [
    ['STATE_BACKEND', 'postgres'],
    ['STATE_BACKEND', 'JSON'],
    ['PRIMARY_BACKEND', 'dual-write'],
    ['PREFER_JSON', 'maybe'],
    ['ENABLE_FALLBACK', 'of'],
    ['ENABLE_CACHING', '2'],
    ['DUAL_WRITE_MODE', 'json'],
    ['EMERGENCY_ROLLBACK', 'now'],
    ['FORCE_LEVELDB_FALLBACK', 'leveldb'],
    ['DEBUG_JSON_BACKEND', 'loud'],
    ['VERBOSE_LOGGING', 'very'],
  ] as const) {
    it(`refuses ${variable}=${value}, and says what it may be`, () => {
      const attempt = () => {
        resolved({}, { [variable]: value });
        readLogRequest({ [variable]: value });
      };
      assert.throws(attempt, (error) => {
        assert.ok(error instanceof StateManagerError);
        assert.equal(error.code, 'ENVIRONMENT_INVALID');
        assert.deepEqual([error.details['variable'], error.details['value']], [variable, value]);
        assert.ok(Array.isArray(error.details['allowed']) && error.details['allowed'].length >= 2);
        return true;
      });
    });
  }

  it('refuses options that name no backend, or one twice', () => {
    assert.throws(() => resolved({ backend: 'postgres' }), { code: 'BAD_USAGE' });
    assert.throws(() => resolved({ primaryBackend: 'auto' }), { code: 'BAD_USAGE' });
    assert.throws(() => resolved({ secondaryBackend: 'leveldb' }), { code: 'BAD_USAGE' });
    assert.throws(() => resolved({ secondaryBackend: 'json' }, { PRIMARY_BACKEND: 'json' }), {
      code: 'ENVIRONMENT_INVALID',
    });
  });

  it('knows registered backends', () => {
    assert.equal(resolved({}, { STATE_BACKEND: 'redis' }, ['redis']).backend.value, 'redis');
    assert.equal(resolved({ primaryBackend: 'redis' }, {}, ['redis']).primaryBackend.value, 'redis');
  });

  it('is dual-write by DUAL_WRITE_MODE, and STATE_BACKEND is the first of the two then', () => {
    const config = resolved({}, { DUAL_WRITE_MODE: 'true', STATE_BACKEND: 'json' });
    assert.deepEqual(config.backend, { value: 'dual-write', origin: 'DUAL_WRITE_MODE' });
    assert.deepEqual(config.primaryBackend, { value: 'json', origin: 'STATE_BACKEND' });
    assert.equal(resolved({ backend: 'auto' }, { DUAL_WRITE_MODE: 'true' }).backend.value, 'dual-write');
  });

  for (const variable of ['EMERGENCY_ROLLBACK', 'FORCE_LEVELDB_FALLBACK']) {
    it(`is LevelDB by ${variable}, whatever else the environment says, and says what that overrules`, () => {
      const config = resolved({}, { [variable]: 'true', STATE_BACKEND: 'json', DUAL_WRITE_MODE: 'true' });
      assert.deepEqual(config.backend, { value: 'leveldb', origin: variable });
      assert.equal(config.notes.length, 2);
      assert.equal(resolved({}, { [variable]: 'false', STATE_BACKEND: 'json' }).backend.value, 'json');
      assert.equal(resolved({ backend: 'auto' }, { [variable]: '1' }).backend.value, 'leveldb');
    });

    it(`is what a script names in spite of ${variable}, which is told`, () => {
      const config = resolved({ backend: 'json' }, { [variable]: 'true' });
      assert.equal(config.backend.value, 'json');
      assert.match(config.notes.join(), new RegExp(variable));
    });
  }

  it('asks for logs by topic, by DEBUG=* and by VERBOSE_LOGGING', () => {
    assert.deepEqual([...readLogRequest({ DEBUG_DUAL_WRITE: 'true' }).topics], ['dual-write']);
    assert.ok(readLogRequest({ DEBUG: '*' }).topics.size > 3);
    assert.equal(readLogRequest({ VERBOSE_LOGGING: '1' }).verbose, true);
    assert.equal(readLogRequest({ DEBUG: 'express:*' }).topics.size, 0);
  });
});
