import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { describe, it } from 'node:test';
import { diffSnapshots } from '../../src/core/diff/diff.js';
import { inspectFile } from '../../src/core/inspect/inspect.js';
import type { JsonObject } from '../../src/core/json.js';
import { recordsOf } from '../../src/core/model/network-file.js';
import { sealFile } from '../../src/core/model/seal.js';
import { recordView } from '../../src/core/model/view.js';
import { canonicalize } from '../../src/core/text/canonical.js';
import { readText } from '../../src/core/text/read.js';
import { address, fileWith, record, snapshotOf } from '../support/arbitrary-state.js';

const poisonous = [
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'then',
  'valueOf',
  '__defineGetter__',
  'length',
];

describe('keys that every object has', () => {
  it('pollute nothing and get lost nowhere, wherever they stand', () => {
    for (const key of poisonous) {
      const inner: JsonObject = Object.fromEntries([[key, { polluted: true, prototype: { polluted: true } }]]);
      const file = fileWith(record('Token', { implementation: address(1), note: inner, [key]: inner }));
      const root = sealFile({ ...file.root, metadata: inner, [key]: inner, [`extended_${key}`]: {} }).root;
      const text = canonicalize(root);
      const rules = inspectFile({
        path: 'deployments/unified/examplenet.unified.json',
        mode: '100644',
        bytes: new TextEncoder().encode(text),
      }).map(({ rule }) => rule);
      assert.deepEqual(rules, ['extended-orphan'], key);
      const read = readText(new TextEncoder().encode(text));
      assert.ok(read.ok);
      assert.equal(canonicalize(read.value), text);
      const [token] = recordsOf({ ...file, root: read.value });
      assert.ok(token !== undefined);
      assert.ok(Object.hasOwn(recordView(token), key), key);
      assert.deepEqual(diffSnapshots(snapshotOf(file), snapshotOf({ ...file, root: read.value }))[0]?.contracts, []);
      assertClean();
    }
  });

  it('are refused as __proto__, at any depth and however it is spelled', () => {
    for (const text of ['{"__proto__":{"polluted":true}}', '{"a":[{"\\u005f_proto__":{"polluted":true}}]}']) {
      const read = readText(new TextEncoder().encode(text));
      assert.ok(!read.ok && read.refusal.rule === 'json-key');
      assertClean();
    }
  });
});

describe('with a frozen Object.prototype', () => {
  it('the tests of core pass', () => {
    // Without the tests that make their data with fast-check, whose own objects need a warm Object.prototype.
    const tests = [
      'config/config',
      'config/resolve-network',
      'inspect/every-rule',
      'legacy/merge-fields',
      'legacy/merge-network',
      'legacy/read-entry',
      'model/patch',
      'quarantine',
      'sample/files',
      'snapshot',
      'text/canonical',
    ];
    const imports = tests.map(
      (name) => `import(${JSON.stringify(join(import.meta.dirname, '..', 'core', `${name}.test.js`))})`,
    );
    const script = `Object.freeze(Object.prototype); await Promise.all([${imports.join()}]);`;
    const env: Record<string, string> = { PATH: process.env['PATH'] ?? '' };
    const output = execFileSync(process.execPath, ['--test-reporter=tap', '--input-type=module', '--eval', script], {
      env,
      encoding: 'utf8',
    });
    assert.match(output, /^# fail 0$/m);
    assert.match(output, /^# pass [1-9]\d+$/m);
  });
});

function assertClean(): void {
  assert.equal(Reflect.get({}, 'polluted'), undefined);
  assert.equal(Reflect.get(Object, 'polluted'), undefined);
}
