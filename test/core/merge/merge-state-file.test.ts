import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JsonObject } from '../../../src/core/json.js';
import { mergeStateFile } from '../../../src/core/merge/merge-state-file.js';
import { type Choice, settle } from '../../../src/core/merge/settle.js';
import { sectionChecksum } from '../../../src/core/model/checksum.js';
import {
  type NetworkFile,
  networkFileText,
  parseNetworkFile,
  recordNamed,
} from '../../../src/core/model/network-file.js';
import type { StateRecord } from '../../../src/core/model/record.js';
import { readText } from '../../../src/core/text/read.js';
import { mergedPath } from '../../support/arbitrary-merge.js';
import { address, fileWith, hash, record } from '../../support/arbitrary-state.js';

const proxied = { proxy: address(1), implementation: address(2), implementationHash: hash(1), timestamp: 5 };

/** Merges files, or single records called A. */
function merge(
  base: NetworkFile | JsonObject | null,
  ours: NetworkFile | JsonObject | null,
  theirs: NetworkFile | JsonObject | null,
  choices: readonly Choice[] = [],
) {
  const [before, mine, other] = [base, ours, theirs].map((side) => {
    if (side === null) return null;
    return Buffer.from(networkFileText(isFile(side) ? side : fileWith(record('A', side))));
  });
  const texts = { base: before ?? null, ours: mine ?? null, theirs: other ?? null };
  const merged = mergeStateFile(mergedPath, texts, choices);
  const read = merged.bytes === null ? null : parseNetworkFile(merged.bytes);
  return {
    ...merged,
    texts,
    places: merged.conflicts.map(({ contract, path }) => `${contract ?? '-'} ${path}`),
    file: read?.ok === true ? read.file : null,
    fields: read?.ok === true ? recordNamed(read.file, 'A')?.fields : undefined,
  };
}

function isFile(side: NetworkFile | JsonObject): side is NetworkFile {
  return typeof side['root'] === 'object';
}

function sections(root: JsonObject, checksums: JsonObject): NetworkFile {
  const file = fileWith();
  return { ...file, root: { ...file.root, ...root, verification: { dataIntegrity: { checksums } } } };
}

function sealOf(topology: JsonObject): string {
  return sectionChecksum({ network: 'examplenet', chainId: 4242, section: 'topology', value: topology });
}

describe('a merge of one record', () => {
  it('takes the units that one side changed from that side', () => {
    const upgrade = { ...proxied, implementation: address(3), implementationHash: hash(2), timestamp: 6 };
    const { places, fields } = merge(proxied, upgrade, { ...proxied, artifact: 'a.sol:A', note: 'x' });
    assert.deepEqual(places, []);
    const { checksum, ...rest } = fields ?? {};
    assert.deepEqual(rest, { ...upgrade, artifact: 'a.sol:A', note: 'x' });
    assert.match(typeof checksum === 'string' ? checksum : '', /^sha256:/);
  });

  it('surfaces divergent upgrades, although they touch different code fields', () => {
    const { places } = merge(proxied, { ...proxied, implementation: address(3) }, { ...proxied, timestamp: 6 });
    assert.deepEqual(places, ['A implementation', 'A timestamp']);
  });

  it('never puts what one side says of a contract on the other contract of that name', () => {
    const redeployed = { ...proxied, proxy: address(9) };
    const { places } = merge(proxied, redeployed, { ...proxied, observed: { blockNumber: 1 } });
    assert.deepEqual(places, ['A observed', 'A proxy']);
    const plain = { implementation: address(2) };
    assert.deepEqual(merge(plain, { implementation: address(3) }, { ...plain, note: 'x' }).places, [
      'A implementation',
      'A note',
    ]);
  });

  it('surfaces the same name added with different addresses, and a removal of what was modified', () => {
    assert.deepEqual(merge(fileWith(), proxied, { ...proxied, proxy: address(9) }).places, ['A proxy']);
    assert.deepEqual(merge(proxied, fileWith(), { ...proxied, note: 'x' }).places, ['A note']);
    assert.deepEqual(merge(proxied, { ...proxied, note: 'x' }, fileWith()).places, ['A note']);
  });

  it('combines sets and minima, and only where they are what they should be', () => {
    const of = (aliases: JsonObject[string], firstDeployedAt: JsonObject[string]) => ({
      ...proxied,
      aliases,
      firstDeployedAt,
    });
    const merged = merge(of(['B', 'C'], 9), of(['B', 'D'], 7), of(['B', 'C', 'E'], 8));
    assert.deepEqual(merged.places, []);
    assert.deepEqual(merged.fields?.['aliases'], ['B', 'D', 'E']);
    assert.equal(merged.fields['firstDeployedAt'], 7);
    const odd = merge(of(['B', 5], 'soon'), of(['B', 5, 'D'], 7), of(['B', 5, 'E'], 8));
    assert.deepEqual(odd.places, ['A aliases', 'A firstDeployedAt']);
  });

  it('never mends a checksum that does not hold', () => {
    const broken: StateRecord = {
      ...record('A', proxied),
      fields: { ...record('A', proxied).fields, note: 'by hand' },
    };
    const { places, conflicts } = merge(proxied, fileWith(broken), { ...proxied, artifact: 'a.sol:A' });
    assert.deepEqual(places, ['A checksum', 'A /extended_A/checksum']);
    assert.match(conflicts[1]?.reason ?? '', /^ours is invalid, .*checksum-mismatch/);
    const decided = merge(proxied, fileWith(broken), { ...proxied, artifact: 'a.sol:A' }, [
      { contract: 'A', path: 'checksum', side: 'theirs' },
    ]);
    assert.deepEqual(decided.places, []);
    assert.equal(decided.fields?.['note'], undefined);
  });

  it('decides a category without the fields that only the other side changed', () => {
    const at = (category: string, fields: JsonObject) => fileWith(record('A', fields, { category }));
    const sides = [
      at('core', proxied),
      at('protocol', proxied),
      at('infrastructure', { ...proxied, note: 'x' }),
    ] as const;
    assert.deepEqual(merge(...sides).places, ['A category']);
    const { places, file } = merge(...sides, [{ contract: 'A', path: 'category', side: 'ours' }]);
    assert.deepEqual(places, []);
    const merged = file === null ? null : recordNamed(file, 'A');
    assert.deepEqual([merged?.category, merged?.fields['note']], ['protocol', 'x']);
  });
});

describe('a merge of a file', () => {
  it('is one decision where a side removed it, in whatever order it is made', () => {
    const two = (note: string) => fileWith(record('A', { ...proxied, note }), record('B', { ...proxied, note }));
    assert.deepEqual(merge(two('x'), null, two('y')).places, ['- ']);
    const { bytes, texts, places } = merge(two('x'), null, two('y'), [{ contract: null, path: '', side: 'theirs' }]);
    assert.deepEqual(places, []);
    assert.equal(bytes, texts.theirs);
  });

  it('remembers a decision in a base that can be read again, also where there was none', () => {
    const [mine, other] = [
      { ...proxied, note: 'x', artifact: 'a.sol:A' },
      { ...proxied, note: 'y', artifact: 'b.sol:B' },
    ];
    const { settledBase, texts } = merge(null, mine, other, [{ contract: 'A', path: 'note', side: 'theirs' }]);
    const again = mergeStateFile(mergedPath, { ...texts, base: settledBase });
    assert.deepEqual(
      again.conflicts.map(({ path }) => path),
      ['artifact'],
    );
  });

  it('keeps the checksum of a section that is one side’s, and computes that of one that is neither’s', () => {
    const [a, b, both] = [
      { x: 2, y: 1 },
      { x: 1, y: 2 },
      { x: 2, y: 2 },
    ];
    const of = (topology: JsonObject, seal = sealOf(topology)) => sections({ topology }, { topology: seal });
    const { places, file } = merge(of({ x: 1, y: 1 }), of(a), of(b));
    assert.deepEqual(places, []);
    assert.deepEqual(file?.root, of(both).root);
  });

  it('never mends the checksum of a section', () => {
    const stale = sealOf({ stale: true });
    const of = (topology: JsonObject) => sections({ topology }, { topology: stale });
    const { places } = merge(of({ x: 1, y: 1 }), of({ x: 2, y: 1 }), of({ x: 1, y: 2 }));
    assert.deepEqual(places, ['- /verification/dataIntegrity/checksums/topology']);
  });

  it('surfaces a section checksum that holds on neither side while the section is open, whoever merges', () => {
    const stale = sealOf({ stale: true });
    const one = sections({ topology: { a: { c: 1 } } }, { topology: stale });
    const two = sections({ topology: { a: 1, more: 1 } }, { topology: stale });
    for (const sides of [[one, two] as const, [two, one] as const]) {
      // Each side is reported as invalid, too: that it is says nothing of what the two come to.
      const open = merge(fileWith(), ...sides).conflicts.filter(({ reason }) => reason === undefined);
      assert.deepEqual(
        open.map(({ path }) => path),
        ['/topology/a', '/verification/dataIntegrity/checksums/topology'],
      );
    }
  });

  it('surfaces two section checksums of the old form, which nothing can compute', () => {
    const of = (digit: string) => sections({}, { topology: digit.repeat(16) });
    assert.deepEqual(merge(of('1'), of('2'), of('3')).places, ['- /verification/dataIntegrity/checksums/topology']);
  });

  it('keeps a section checksum that one side took out and the other renewed, whoever merges', () => {
    const base = sections({ topology: { x: 1 } }, { topology: sealOf({ x: 1 }), other: 'text' });
    const without = sections({ topology: { x: 1 } }, { other: 'text' });
    const renewed = sections({ topology: { x: 2 } }, { topology: sealOf({ x: 2 }), other: 'text' });
    for (const sides of [[without, renewed] as const, [renewed, without] as const]) {
      const { places, file } = merge(base, ...sides);
      assert.deepEqual(places, []);
      assert.deepEqual(file?.root, renewed.root);
    }
  });

  it('is undecided where a side is refused, and says which', () => {
    const texts = { base: null, ours: Buffer.from('{'), theirs: Buffer.from('[]') };
    const { conflicts, bytes } = mergeStateFile(mergedPath, texts);
    assert.equal(bytes, texts.ours);
    assert.match(
      conflicts[0]?.reason ?? '',
      /^ours cannot be read, .*json-syntax.*; theirs cannot be read, .*json-root/s,
    );
  });

  it('surfaces what only the two together break', () => {
    const a = record('A', { ...proxied, aliases: ['Z'] });
    const b = record('B', { implementation: address(7), aliases: ['Z'] });
    const { conflicts } = merge(fileWith(), fileWith(a), fileWith(b));
    assert.equal(conflicts.length, 1);
    assert.match(conflicts[0]?.reason ?? '', /^the two together are invalid, .*alias-clash/);
  });

  it('drops an orphan of the side that is not chosen', () => {
    const orphan = { ...fileWith(), root: { ...fileWith().root, extended_X: { note: 1 } } };
    const other = fileWith(record('A', proxied));
    const { places } = merge(fileWith(), orphan, other);
    assert.deepEqual(places, ['X /extended_X']);
    const reason = 'ours is invalid';
    const { file } = merge(fileWith(), orphan, other, [{ contract: 'X', path: '/extended_X', reason, side: 'theirs' }]);
    assert.equal(file?.root['extended_X'], undefined);
  });
});

describe('the marked text', () => {
  it('has markers of the size git asks for, the names of the sides, and no key that breaks a line', () => {
    const of = (value: number) => ({ ...fileWith(), root: { ...fileWith().root, configuration: { 'a\nb': value } } });
    const { texts } = merge(of(1), of(2), of(3));
    const { marked } = mergeStateFile(mergedPath, texts, [], { ours: 'HEAD', theirs: 'topic', size: 11 });
    assert.ok(marked !== null);
    assert.match(marked, /^<{11} HEAD configuration \/ a\\nb$/m);
    assert.match(marked, /^\|{11} base$/m);
    assert.match(marked, /^={11}$/m);
    assert.match(marked, /^>{11} topic configuration \/ a\\nb$/m);
    assert.ok(!readText(Buffer.from(marked)).ok);
  });
});

describe('a decision', () => {
  it('of a part of a record stands beside one of the whole of it, whichever was made first', () => {
    const of = (more: JsonObject) => ({ ...proxied, ...more });
    const whole: Choice = { contract: 'A', path: '', side: 'ours' };
    const part: Choice = { contract: 'A', path: 'note', side: 'theirs' };
    const sides = [
      of({ note: 'x', artifact: 'a' }),
      of({ note: 'y', artifact: 'b' }),
      of({ note: 'z', artifact: 'c' }),
    ] as const;
    for (const choices of [
      [whole, part],
      [part, whole],
    ]) {
      const { places, fields } = merge(...sides, choices);
      assert.deepEqual([places, fields?.['note'], fields?.['artifact']], [[], 'z', 'b']);
    }
  });

  it('is the base in which only the chosen side has moved', () => {
    const of = (note: string) => fileWith(record('A', { ...proxied, note }));
    const sides = { base: of('x'), ours: of('y'), theirs: of('z') };
    const base = settle(sides, { contract: 'A', path: 'note', side: 'ours' });
    assert.ok(base !== undefined);
    assert.equal(recordNamed(base, 'A')?.fields['note'], 'z');
  });
});
