import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { renderConflicts, whatHappened } from '../../../src/cli/text/conflicts.js';
import type { Style } from '../../../src/cli/text/style.js';
import type { ConflictAuthors } from '../../../src/commands/conflict-authors.js';
import type { Conflict } from '../../../src/core/merge/conflict.js';
import { conflictGroups, type Standing } from '../../../src/core/merge/conflict-groups.js';
import { address, codeHash } from '../../support/deployments.js';

const style: Style = { color: false, unicode: true, terminal: true, width: 100 };
const place = { network: 'basesepolia', contract: 'SupplyOracle' };

function conflict(path: string, values: Partial<Conflict> = {}): Conflict {
  return { ...place, path, ...values };
}

const upgrade = [
  conflict('implementation', { base: address(1), ours: address(2), theirs: address(3) }),
  conflict('implementationHash', { base: codeHash(1), ours: codeHash(2), theirs: codeHash(3) }),
  conflict('timestamp', { base: 1, ours: 2, theirs: 3 }),
];

function render(conflicts: readonly Conflict[], standing?: Standing): string[] {
  return renderConflicts(conflicts, style, standing === undefined ? {} : { standing: () => standing }).split('\n');
}

function happened(conflicts: readonly Conflict[], standing?: Standing): string[] {
  return conflictGroups(conflicts, () => standing).map(whatHappened);
}

describe('conflicts as text', () => {
  it('show the upgrade of one record on both sides as one conflict, with full addresses and who did it', () => {
    const time = Date.UTC(2025, 7, 14, 9, 5);
    const authors: ConflictAuthors = {
      ours: { commit: 'eeb0447'.padEnd(40, '0'), author: 'deploy-bot', time },
      theirs: { commit: '77c03fe'.padEnd(40, '0'), author: 'ci-bot', time: time + 26 * 60_000 },
    };
    const text = renderConflicts(upgrade, style, { authors: new Map(upgrade.map((one) => [one, authors])) });
    const short = (n: number) => codeHash(n).slice(2, 10);
    assert.deepEqual(text.split('\n'), [
      '✖ 1 conflict: basesepolia / SupplyOracle was upgraded on both sides',
      `  base     ${address(1)}  ${short(1)}`,
      `  ours     ${address(2)}  ${short(2)}  eeb0447 deploy-bot 2025-08-14 09:05`,
      `  theirs   ${address(3)}  ${short(3)}  77c03fe ci-bot     2025-08-14 09:31`,
      '  Implementation, code hash and timestamp are one unit and are taken together.',
    ]);
  });

  it('name each place when there are several', () => {
    const lines = render([...upgrade, conflict('note', { base: 'a', ours: 'b', theirs: 'c' })]);
    assert.equal(lines[0], '✖ 2 conflicts');
    assert.equal(lines[1], 'basesepolia / SupplyOracle was upgraded on both sides');
    assert.equal(lines[6], 'basesepolia / SupplyOracle / note was changed on both sides');
    assert.deepEqual(lines.slice(7), ['  base     a', '  ours     b', '  theirs   c']);
  });

  it('tell a record that one side removed', () => {
    const gone = upgrade.map(({ base, theirs, ...rest }) =>
      conflict(rest.path, { ...(base === undefined ? {} : { base }), ...(theirs === undefined ? {} : { theirs }) }),
    );
    const lines = render(gone);
    assert.equal(lines[0], '✖ 1 conflict: basesepolia / SupplyOracle was removed by ours and changed by theirs');
    assert.equal(lines[2], '  ours     removed');
    assert.equal(lines.at(-1), '  The record is taken whole, from one side.');
  });

  it('take the word of the files for what looks like a removed field', () => {
    const field = [conflict('note', { base: 'a', theirs: 'b' })];
    const gone = { base: true, ours: false, theirs: true, whole: true };
    assert.match(render(field)[0] ?? '', /SupplyOracle \/ note was removed by ours and changed by theirs$/);
    assert.match(render(field, gone)[0] ?? '', /SupplyOracle was removed by ours and changed by theirs$/);
  });

  it('say what happened', () => {
    const both = (path: string, values: Partial<Conflict> = {}) =>
      conflict(path, { ours: address(2), theirs: address(3), ...values });
    const standing = { base: false, ours: true, theirs: true, whole: false };
    assert.deepEqual(happened([both('implementation')]), ['was deployed on both sides, with different addresses']);
    assert.deepEqual(happened([both('implementation')], standing), ['was deployed on both sides, with different code']);
    assert.deepEqual(happened([both('proxy', { base: address(1) })]), ['got another proxy or code on both sides']);
    assert.deepEqual(happened([both('note')]), ['was added on both sides']);
    assert.deepEqual(happened([conflict('', { contract: null })]), ['differs on both sides and is taken whole']);
    assert.deepEqual(happened([both('category')], { ...standing, whole: true }), [
      'was added on both sides in different categories',
    ]);
  });

  it('name a section as it is typed, and the file that is no network file', () => {
    const section = conflict('/topology/peers', { contract: null, base: [1], ours: [1, 2], theirs: [3] });
    assert.deepEqual(render([section]), [
      '✖ 1 conflict: basesepolia / topology/peers was changed on both sides',
      '  base     [1]',
      '  ours     [1,2]',
      '  theirs   [3]',
    ]);
    const file = { network: 'stateroot.config.json', contract: null, path: '' };
    assert.equal(render([file])[0], '✖ 1 conflict: stateroot.config.json differs on both sides and is taken whole');
  });

  it('say why a side cannot be merged', () => {
    const lines = render([
      conflict('/extended_SupplyOracle/checksum', { reason: 'theirs is invalid, 85:17 checksum-mismatch: …' }),
    ]);
    assert.deepEqual(lines, [
      '✖ 1 conflict: basesepolia / SupplyOracle cannot be merged as it is',
      '  /extended_SupplyOracle/checksum: theirs is invalid, 85:17 checksum-mismatch: …',
    ]);
  });

  it('shorten a long value at a comma and say how long it is', () => {
    const long = Array.from({ length: 40 }, (_, i) => i);
    const [, base = ''] = render([conflict('/topology/peers', { contract: null, base: long, ours: 1, theirs: 2 })]);
    assert.match(base, /^ {2}base {5}\[0,1,[\d,]+,… \(111 characters\)$/);
    const addresses = [address(1), address(2)];
    const [, both = ''] = render([
      conflict('/topology/peers', { contract: null, base: addresses, ours: 1, theirs: 2 }),
    ]);
    assert.ok(both.includes(`"${address(1)}",…`), both);
    assert.ok(!both.includes(address(2).slice(0, 10)), both);
  });

  it('never let a name or a value reach the terminal as it is', () => {
    const text = renderConflicts(
      [
        {
          network: 'a\u001b[2J',
          contract: 'b\u202e',
          path: 'c\u0007',
          base: '\u001b[1m',
          ours: { '\u009b': 1 },
          theirs: '\n',
        },
      ],
      style,
    );
    assert.doesNotMatch(text, /[\u001b\u202e\u0007\u009b]/);
    assert.equal(text.split('\n').length, 4);
  });
});
