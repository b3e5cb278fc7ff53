import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { JsonObject } from '../../../src/core/json.js';
import { blendFindings } from '../../../src/core/merge/blend.js';
import { mergeStateFile } from '../../../src/core/merge/merge-state-file.js';
import type { Choice } from '../../../src/core/merge/settle.js';
import { sealRecord } from '../../../src/core/model/checksum.js';
import {
  type NetworkFile,
  networkFileText,
  parseNetworkFile,
  recordsOf,
  withoutRecord,
  withRecord,
} from '../../../src/core/model/network-file.js';
import { arbitraryMerge, mergedPath } from '../../support/arbitrary-merge.js';
import type { StateRecord } from '../../../src/core/model/record.js';
import { address, fileWith, hash, record } from '../../support/arbitrary-state.js';

const proxied = { proxy: address(1), implementation: address(2), implementationHash: hash(1), timestamp: 5 };
const upgraded = { ...proxied, implementation: address(3), implementationHash: hash(2), timestamp: 6 };
const other = { ...proxied, implementation: address(4), implementationHash: hash(3), timestamp: 7 };
const a = record('A', proxied);
const b = record('B', { implementation: address(7) });
const c = record('C', { implementation: address(8) });

function bytesOf(file: NetworkFile | null): Uint8Array | null {
  return file === null ? null : Buffer.from(networkFileText(file));
}

/** The findings of a merge commit, as contract and path. */
function found(
  base: NetworkFile | null,
  ours: NetworkFile | null,
  theirs: NetworkFile | null,
  committed: NetworkFile | null,
) {
  const parents = [ours, theirs].map(bytesOf);
  const findings = blendFindings({ path: mergedPath, bases: [bytesOf(base)], parents, committed: bytesOf(committed) });
  for (const { rule, severity, line } of findings) {
    assert.deepEqual([rule, severity], ['merge-blend', 'error']);
    assert.equal(line === undefined, committed === null);
  }
  return findings.map(({ contract, path }) => `${contract ?? '-'} ${path}`);
}

function withSection(file: NetworkFile, configuration: JsonObject): NetworkFile {
  return { ...file, root: { ...file.root, configuration } };
}

describe('a merge that did not conflict', () => {
  const sides = [fileWith(a), fileWith(a, b), fileWith(record('A', upgraded))] as const;

  it('passes as the merge by record has it', () => {
    assert.deepEqual(found(...sides, fileWith(record('A', upgraded), b)), []);
  });

  it('is found without a record, or without one side', () => {
    assert.deepEqual(found(...sides, fileWith(record('A', upgraded))), ['B /contracts/core/B']);
    const fields = ['/contracts/core/A/implementation', '/extended_A/implementationHash', '/extended_A/timestamp'];
    assert.deepEqual(
      found(...sides, fileWith(a, b)),
      fields.map((path) => `A ${path}`),
    );
  });

  it('is found with a record or a field that no side wrote', () => {
    assert.deepEqual(found(...sides, fileWith(record('A', upgraded), b, c)), ['C /contracts/core/C']);
    assert.deepEqual(found(...sides, fileWith(record('A', { ...upgraded, note: 'x' }), b)), ['A /extended_A/note']);
  });

  it('is found with a record that was removed, or in another category', () => {
    assert.deepEqual(
      found(fileWith(a, b), fileWith(a), fileWith(record('A', upgraded), b), fileWith(record('A', upgraded), b)),
      ['B /contracts/core/B'],
    );
    const moved = fileWith(
      record('A', upgraded),
      record('B', { implementation: address(7) }, { category: 'protocol' }),
    );
    assert.deepEqual(found(...sides, moved), ['B /contracts/protocol/B']);
  });

  it('is found without its file, or with one that was removed', () => {
    assert.deepEqual(found(...sides, null), ['- ']);
    assert.deepEqual(found(fileWith(a), null, fileWith(a), fileWith(a)), ['- ']);
  });

  it('is found with a section of one side', () => {
    const of = (x: number, y: number) => withSection(fileWith(a), { x, y });
    assert.deepEqual(found(of(1, 1), of(2, 1), of(1, 2), of(2, 2)), []);
    assert.deepEqual(found(of(1, 1), of(2, 1), of(1, 2), of(2, 1)), ['- /configuration/y']);
  });

  it('is found without a seal, or with one that does not hold', () => {
    const merged = record('A', { ...upgraded, note: 'x' });
    const noted = [
      fileWith(a),
      fileWith(record('A', upgraded)),
      fileWith(record('A', { ...proxied, note: 'x' })),
    ] as const;
    assert.deepEqual(found(...noted, fileWith(merged)), []);
    const { checksum, ...unsealed } = merged.fields;
    assert.deepEqual(found(...noted, fileWith({ ...merged, fields: unsealed })), ['A /extended_A/checksum']);
    assert.ok(checksum);
    const stale = { ...unsealed, checksum: `sha256:${'0'.repeat(64)}` };
    assert.deepEqual(found(...noted, fileWith({ ...merged, fields: stale })), ['A /extended_A/checksum']);
  });
});

describe('a merge that did conflict', () => {
  const sides = [fileWith(a, b), fileWith(record('A', upgraded), b, c), fileWith(record('A', other), b)] as const;

  it('passes with either side, what was before, or something new', () => {
    for (const decided of [upgraded, other, proxied, { ...upgraded, timestamp: 99 }]) {
      assert.deepEqual(found(...sides, fileWith(record('A', decided), b, c)), []);
    }
  });

  it('is found with a blend of the two, sealed as it may be', () => {
    const blend = record('A', { ...upgraded, implementation: other.implementation });
    assert.equal(found(...sides, fileWith(blend, b, c)).length, 1);
    const addresses = [
      fileWith(),
      fileWith(record('A', upgraded)),
      fileWith(record('A', { ...other, proxy: address(9) })),
    ] as const;
    assert.equal(found(...addresses, fileWith(record('A', { ...upgraded, proxy: address(9) }))).length, 1);
    assert.deepEqual(found(...addresses, fileWith(record('A', upgraded))), []);
  });

  it('is found where it lost what did not conflict', () => {
    assert.deepEqual(found(...sides, fileWith(record('A', upgraded), b)), ['C /contracts/core/C']);
    const noted = [
      fileWith(a),
      fileWith(record('A', { ...upgraded, note: 'x' })),
      fileWith(record('A', other)),
    ] as const;
    assert.deepEqual(found(...noted, fileWith(record('A', other))), ['A /extended_A/note']);
  });

  it('decides a section and its checksum, and no other', () => {
    const of = (x: number, y: number) => withSection(fileWith(a), { x, y });
    assert.deepEqual(found(of(1, 1), of(2, 2), of(3, 1), of(9, 2)), []);
    assert.deepEqual(found(of(1, 1), of(2, 2), of(3, 1), of(3, 1)), ['- /configuration/y']);
  });

  it('is found where the markers were committed', () => {
    const [base, ours, theirs] = sides.map(bytesOf);
    const committed = Buffer.from('{\n<<<<<<< HEAD\n}\n');
    const file = { path: mergedPath, bases: [base ?? null], parents: [ours ?? null, theirs ?? null], committed };
    const [finding] = blendFindings(file);
    assert.deepEqual([finding?.rule, finding?.line], ['merge-blend', 2]);
  });
});

describe('a merge of other parents', () => {
  const file = (...records: readonly StateRecord[]) => bytesOf(fileWith(...records));

  it('with several bases is compared with the merge of the bases', () => {
    const parents = [file(a, b, c), file(record('A', upgraded), b, c)];
    const criss = { path: mergedPath, bases: [file(a, b), file(a, c)], olderBase: file(a), parents };
    assert.deepEqual(blendFindings({ ...criss, committed: file(record('A', upgraded), b, c) }), []);
    assert.ok(blendFindings({ ...criss, committed: file(a, b, c) }).length > 0);
  });

  it('with bases that do not merge is found only if no reading explains it', () => {
    const [x, y] = [record('A', upgraded), record('A', other)];
    const criss = {
      path: mergedPath,
      bases: [file(x), file(y)],
      olderBase: file(a),
      parents: [file(x, b), file(y, c)],
    };
    assert.deepEqual(blendFindings({ ...criss, committed: file(x, b, c) }), []);
    assert.deepEqual(blendFindings({ ...criss, committed: file(y, b, c) }), []);
    assert.ok(blendFindings({ ...criss, committed: file(x, b) }).length > 0);
  });

  it('of an octopus has the file of the one parent that changed it', () => {
    const octopus = { path: mergedPath, bases: [file(a)], parents: [file(a), file(a, b), file(a)] };
    assert.deepEqual(blendFindings({ ...octopus, committed: file(a, b) }), []);
    assert.equal(blendFindings({ ...octopus, committed: file(a) }).length, 1);
    assert.equal(blendFindings({ ...octopus, committed: file(a, b, c) }).length, 1);
    const two = { ...octopus, parents: [file(a, c), file(a, b), file(a)] };
    assert.equal(blendFindings({ ...two, committed: file(a, b, c) }).length, 1);
  });

  it('of other state files is compared by member', () => {
    const of = (object: JsonObject) => Buffer.from(JSON.stringify(object));
    const config = {
      path: 'stateroot.config.json',
      bases: [of({ x: 1 })],
      parents: [of({ x: 1, y: 1 }), of({ x: 2 })],
    };
    assert.deepEqual(blendFindings({ ...config, committed: of({ x: 2, y: 1 }) }), []);
    assert.deepEqual(
      blendFindings({ ...config, committed: of({ x: 2 }) }).map(({ path }) => path),
      ['/y'],
    );
  });
});

describe('generated merges', () => {
  it('pass as merged and decided, and never with a record more, less or changed', () => {
    let changed = 0;
    fc.assert(
      fc.property(arbitraryMerge(), fc.constantFrom('ours', 'theirs'), (texts, side) => {
        let merged = mergeStateFile(mergedPath, texts);
        let choices: Choice[] = [];
        for (let round = 0; round < 5 && merged.conflicts.length > 0; round += 1) {
          choices = [...choices, ...merged.conflicts.map((conflict): Choice => ({ ...conflict, side }))];
          merged = mergeStateFile(mergedPath, texts, choices);
        }
        const judge = (committed: Uint8Array | null) =>
          blendFindings({ path: mergedPath, bases: [texts.base], parents: [texts.ours, texts.theirs], committed });
        const read = merged.bytes === null ? null : parseNetworkFile(merged.bytes);
        if (merged.bytes !== null && read?.ok !== true) return;
        assert.deepEqual(judge(merged.bytes), []);
        if (read?.ok !== true || choices.length > 0) return;
        for (const evil of [
          withRecord(read.file, record('Evil', { implementation: address(9) })),
          ...evils(read.file),
        ]) {
          changed += 1;
          assert.ok(judge(bytesOf(evil)).length > 0);
        }
      }),
      { numRuns: 150, seed: 20_250_813 },
    );
    assert.ok(changed > 150);
  });
});

function evils(file: NetworkFile): NetworkFile[] {
  return recordsOf(file).flatMap((each) => [
    withoutRecord(file, each.name),
    withRecord(file, sealRecord({ ...each, fields: { ...each.fields, observed: { blockNumber: 99 } } })),
  ]);
}
