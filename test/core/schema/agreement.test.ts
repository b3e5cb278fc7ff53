import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { hasErrors } from '../../../src/core/finding.js';
import { inspectFile } from '../../../src/core/inspect/inspect.js';
import type { Json, JsonObject } from '../../../src/core/json.js';
import { networkFile } from '../../../src/core/schema/validators.js';
import { canonicalize } from '../../../src/core/text/canonical.js';
import { readText } from '../../../src/core/text/read.js';
import { sharedData } from '../../support/shared-data.js';
import { validRoot } from '../model/arbitrary-network-file.js';

const inspected = (text: string) =>
  inspectFile({
    path: 'deployments/unified/examplenet.unified.json',
    mode: '100644',
    bytes: new TextEncoder().encode(text),
  });

describe('the schema of network files and inspection', () => {
  it('agree about files that are valid', () => {
    fc.assert(
      fc.property(validRoot, (root) => {
        assert.equal(networkFile(root), true, JSON.stringify(networkFile.errors));
      }),
    );
  });

  it('agree about mutated files: what the schema rejects has an error', () => {
    let rejected = 0;
    fc.assert(
      fc.property(validRoot, fc.array(mutation, { minLength: 1, maxLength: 3 }), (root, mutations) => {
        const mutated = mutations.reduce<Json>(
          (value, { seed, change }) => mutate(value, seed, change),
          root,
        ) as JsonObject;
        if (networkFile(mutated)) return;
        rejected += 1;
        const errors = JSON.stringify(networkFile.errors);
        assert.ok(hasErrors(inspected(canonicalize(mutated))), errors);
      }),
      { numRuns: 1500 },
    );
    assert.ok(rejected > 300);
  });

  it('agree about the shared vectors', (t) => {
    const file = sharedData('format-vectors', 'invalid.json');
    if (file === null) {
      t.skip('shared data is not here');
      return;
    }
    const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as { vectors: { name: string; text?: string }[] };
    for (const { name, text } of vectors) {
      const read = readText(new TextEncoder().encode(text ?? ''));
      if (read.ok && !networkFile(read.value)) assert.ok(hasErrors(inspected(text ?? '')), name);
    }
  });
});

type Change = (value: Json) => Json | undefined;

const mutation = fc.record({
  seed: fc.nat(),
  change: fc.constantFrom<Change>(
    () => undefined,
    () => null,
    () => 5,
    () => -1,
    () => '',
    () => [],
    () => ({}),
    () => ({ a: {} }),
    () => ['a', 'a'],
    () => [1],
    () => 'https://example.org/x',
    () => `0x${'0'.repeat(40)}`,
    (value) => (typeof value === 'string' ? value.toUpperCase() : value),
    (value) => renamed(value, 'a b'),
    (value) => renamed(value, 'Core'),
    (value) => renamed(value, 'address'),
    (value) => renamed(value, 'aliases'),
    (value) => renamed(value, 'extended_X'),
    (value) => renamed(value, 'legacy'),
    (value) => renamed(value, '$schema'),
    (value) => renamed(value, 'environment'),
  ),
});

function renamed(value: Json, name: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const [first, ...rest] = Object.entries(value as JsonObject);
  return first === undefined ? { [name]: {} } : Object.fromEntries([[name, first[1]], ...rest]);
}

/** Changes the value at one place of the tree; `undefined` removes it. Never the root itself. */
function mutate(value: Json, seed: number, change: Change): Json {
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value as JsonObject);
  if (members.length === 0) return value;
  const chosen = seed % members.length;
  const next = Math.floor(seed / members.length);
  const changed = members.flatMap(([key, item], at): [string, Json][] => {
    if (at !== chosen) return [[key, item]];
    const isHere = next % 3 === 0 || typeof item !== 'object' || item === null || Object.keys(item).length === 0;
    const replaced = isHere ? change(item) : mutate(item, Math.floor(next / 3), change);
    return replaced === undefined ? [] : [[key, replaced]];
  });
  return Array.isArray(value) ? changed.map(([, item]) => item) : Object.fromEntries(changed);
}
