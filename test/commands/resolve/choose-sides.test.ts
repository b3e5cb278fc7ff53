import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type ChosenSides,
  chooseSides,
  placeName,
  type SideChoice,
} from '../../../src/commands/resolve/choose-sides.js';
import type { Conflict } from '../../../src/core/merge/conflict.js';
import { conflictGroups } from '../../../src/core/merge/conflict-groups.js';
import { StateManagerError } from '../../../src/errors.js';

function fileOf(conflicts: readonly Omit<Conflict, 'network'>[], network = 'bsctestnet', root = '') {
  const groups = conflictGroups(conflicts.map((conflict) => ({ network, base: 0, ours: 1, theirs: 2, ...conflict })));
  return { file: { path: `${root}deployments/unified/${network}.unified.json` }, name: network, groups };
}

const unit = ['proxy', 'implementation', 'timestamp'].map((path) => ({ contract: 'Oracle', path }));
const open = fileOf([
  ...unit,
  { contract: 'Oracle', path: 'note' },
  { contract: 'lib/Math.sol:Math', path: 'artifact' },
  { contract: null, path: '/topology/peers' },
  { contract: null, path: '/topology/hubs/a~1b' },
]);

function ours(...places: string[]): SideChoice[] {
  return places.map((place) => ({ side: 'ours', place }));
}

function theirs(...places: string[]): SideChoice[] {
  return places.map((place) => ({ side: 'theirs', place }));
}

function decided(chosen: ChosenSides): string[] {
  return [...chosen.choices.values()].flat().map(({ contract, path, side }) => `${side} ${contract ?? ''} ${path}`);
}

function code(run: () => unknown): { code: string; details: Readonly<Record<string, unknown>> } {
  try {
    run();
  } catch (error) {
    if (error instanceof StateManagerError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

describe('sides of conflicts that were typed', () => {
  it('take all of a network', () => {
    assert.equal(decided(chooseSides([open], ours('bsctestnet'))).length, 7);
    assert.deepEqual(
      decided(chooseSides([open], ours('bsctestnet'))),
      decided(chooseSides([open], ours(open.file.path))),
    );
  });

  it('take a record with all its units, slashes in its name or not', () => {
    assert.equal(decided(chooseSides([open], ours('bsctestnet/Oracle'))).length, 4);
    const math = ['ours lib/Math.sol:Math artifact'];
    assert.deepEqual(decided(chooseSides([open], ours('bsctestnet/lib/Math.sol:Math'))), math);
    assert.deepEqual(decided(chooseSides([open], ours('bsctestnet/lib/Math.sol:Math/artifact'))), math);
    assert.deepEqual(decided(chooseSides([open], ours('bsctestnet/lib~1Math.sol:Math'))), math);
  });

  it('take the whole unit of a field, and say so', () => {
    const chosen = chooseSides([open], theirs('bsctestnet/Oracle/timestamp'));
    assert.deepEqual(decided(chosen), [
      'theirs Oracle proxy',
      'theirs Oracle implementation',
      'theirs Oracle timestamp',
    ]);
    assert.deepEqual(
      chosen.widened.map(({ side, group }) => [side, group.kind]),
      [['theirs', 'code']],
    );
    assert.deepEqual(chooseSides([open], ours('bsctestnet/Oracle/note')).widened, []);
    assert.deepEqual(chooseSides([open], ours('bsctestnet/Oracle')).widened, []);
  });

  it('take a section, or all below it', () => {
    assert.deepEqual(decided(chooseSides([open], ours('bsctestnet/topology/peers'))), ['ours  /topology/peers']);
    assert.equal(decided(chooseSides([open], ours('bsctestnet/topology'))).length, 2);
    assert.equal(decided(chooseSides([open], ours('bsctestnet/topology/hubs/a~1b'))).length, 1);
  });

  it('let the more exact place win, in any order', () => {
    const wanted = [...theirs('bsctestnet/Oracle/note'), ...ours('bsctestnet'), ...theirs('bsctestnet/topology')];
    const sides = decided(chooseSides([open], wanted));
    assert.deepEqual(sides, decided(chooseSides([open], wanted.toReversed())));
    assert.deepEqual(
      sides.filter((line) => line.startsWith('theirs')),
      ['theirs Oracle note', 'theirs  /topology/peers', 'theirs  /topology/hubs/a~1b'],
    );
  });

  it('cannot split a unit', () => {
    const wanted = [...ours('bsctestnet/Oracle/proxy'), ...theirs('bsctestnet/Oracle/implementation')];
    assert.equal(code(() => chooseSides([open], wanted)).code, 'BAD_USAGE');
    const twice = [...ours('bsctestnet/Oracle'), ...theirs('bsctestnet/Oracle')];
    assert.equal(code(() => chooseSides([open], twice)).code, 'BAD_USAGE');
  });

  it('are refused where no conflict is open, with those that are', () => {
    for (const place of [
      '',
      'bsctestnet/',
      'bsctestnet/Vault',
      'bsctestnet/Oracle/artifact',
      'bsctestnet/Orac',
      'constructor',
    ]) {
      const refusal = code(() => chooseSides([open], ours(place)));
      assert.equal(refusal.code, 'BAD_USAGE', place);
      assert.equal((refusal.details['open'] as string[]).length, 7);
    }
    assert.equal(code(() => chooseSides([], ours('bsctestnet'))).code, 'BAD_USAGE');
  });

  it('are refused where a place can be read in two ways, and each way can be typed', () => {
    const unclear = fileOf([
      { contract: 'A', path: 'note' },
      { contract: 'A/note', path: 'artifact' },
    ]);
    const refusal = code(() => chooseSides([unclear], ours('bsctestnet/A/note')));
    assert.equal(refusal.code, 'NAME_AMBIGUOUS');
    const candidates = refusal.details['candidates'] as string[];
    assert.deepEqual(candidates, ['bsctestnet/A', 'bsctestnet/A~1note']);
    for (const place of candidates) assert.equal(decided(chooseSides([unclear], ours(place))).length, 1);
  });

  it('are refused for a network that two roots have, and told apart by path', () => {
    const two = ['a/', 'b/']
      .map((root) => fileOf(unit, 'bsctestnet', root))
      .map((file) => ({ ...file, name: file.file.path }));
    const refusal = code(() => chooseSides(two, ours('bsctestnet/Oracle')));
    assert.equal(refusal.code, 'NAME_AMBIGUOUS');
    for (const place of refusal.details['candidates'] as string[]) {
      assert.deepEqual([...chooseSides(two, ours(place)).choices.keys()].length, 1);
    }
  });

  it('can be typed as every open conflict is named', () => {
    for (const { conflicts } of open.groups) {
      for (const conflict of conflicts) {
        const chosen = chooseSides([open], ours(placeName(open, conflict)));
        assert.ok(decided(chosen).includes(`ours ${conflict.contract ?? ''} ${conflict.path}`));
      }
    }
  });

  it('keep the reason of what cannot be merged', () => {
    const broken = fileOf([{ contract: 'Oracle', path: '/extended_Oracle/checksum', reason: 'theirs is invalid' }]);
    const [choice] = chooseSides([broken], theirs('bsctestnet/Oracle')).choices.get(broken.file.path) ?? [];
    assert.equal(choice?.reason, 'theirs is invalid');
  });
});
