import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultConfig, readConfig } from '../../../src/core/config/config.js';

const read = (value: unknown) => readConfig(new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`));

test('without a file everything has its default', () => {
  assert.deepEqual(readConfig(null), defaultConfig);
  assert.deepEqual(read({}), defaultConfig);
});

test('every part is read', () => {
  const config = read({
    $schema: './node_modules/stateroot/schemas/config.schema.json',
    networks: [
      { name: 'bscmainnet', chainId: 56, tier: 'mainnet', aliases: ['bsc'] },
      { name: 'bscmainnet.staging', chainId: 56, environment: 'staging' },
    ],
    categories: { Oracle: 'core', constructor: 'core' },
    rules: { 'topology/missing-peer': 'warning' },
    waivers: [{ rule: 'x', until: '2025-12-31', reason: 'known' }],
    rpc: { bscmainnet: 'BSC_RPC' },
    message: { prefix: 'chore' },
  });
  assert.deepEqual(config.networks, [
    { name: 'bscmainnet', chainId: 56, tier: 'mainnet', aliases: ['bsc'] },
    { name: 'bscmainnet.staging', chainId: 56, environment: 'staging', aliases: [] },
  ]);
  assert.equal(config.categories.get('Oracle'), 'core');
  assert.equal(config.categories.get('constructor'), 'core');
  assert.equal(config.categories.get('toString'), undefined);
  assert.deepEqual(config.rules, { 'topology/missing-peer': 'warning' });
  assert.deepEqual(config.rpc, { bscmainnet: 'BSC_RPC' });
  assert.equal(config.message.prefix, 'chore');
});

test('what the schema refuses is refused where it stands', () => {
  const problems = (value: unknown): string[] => {
    try {
      read(value);
    } catch (error) {
      const { code, message, details } = error as {
        code?: string;
        message: string;
        details?: { problems?: { path: string; line: number; column: number }[] };
      };
      assert.equal(code, 'CONFIG_INVALID');
      const found = details?.problems ?? [];
      assert.ok(message.includes(`stateroot.config.json:${found[0]?.line ?? 0}:${found[0]?.column ?? 0}:`));
      return found.map(({ path, line, column }) => `${line}:${column} ${path}`);
    }
    return assert.fail('it was accepted');
  };
  assert.deepEqual(problems({ netwroks: [] }), ['2:3 /netwroks']);
  assert.deepEqual(problems({ networks: {} }), ['2:15 /networks']);
  assert.deepEqual(problems({ networks: [{ chainId: 56 }] }), ['3:5 /networks/0/name']);
  assert.deepEqual(problems({ networks: [{ name: 'a', chainId: '56' }] }), ['5:18 /networks/0/chainId']);
  assert.deepEqual(problems({ rules: { 'a/b': 'loud' } }), ['3:12 /rules/a~1b']);
  assert.deepEqual(problems({ rpc: { bsc: 'https://host/key' } }), ['3:12 /rpc/bsc']);
  assert.deepEqual(problems({ networks: [{ name: 'con' }] }), ['4:15 /networks/0/name']);
  assert.deepEqual(problems({ networks: [{ name: 'a' }, { name: 'a' }] }), ['7:15 /networks/1/name']);
  assert.deepEqual(
    problems({
      networks: [
        { name: 'a', chainId: 1 },
        { name: 'b', chainId: 1 },
      ],
    }),
    ['9:18 /networks/1/chainId'],
  );
  assert.deepEqual(problems({ networks: [{ name: 'a-b' }, { name: 'c', aliases: ['A B'] }] }), [
    '9:9 /networks/1/aliases/0',
  ]);
});

test('text that is no JSON object is refused where it ends to be one', () => {
  for (const text of ['', '[]', '{"a":1,}', '{"networks":[],"networks":[]}', '{"__proto__":{}}']) {
    assert.throws(() => readConfig(new TextEncoder().encode(text)), { code: 'CONFIG_INVALID' }, text);
  }
});
