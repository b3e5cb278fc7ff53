import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Check } from './checks.js';

/** Lines that decide what merging does: a rule as a whole, and what the line reads like without it. */
const lines: readonly (readonly [name: string, file: string, line: string, without: string])[] = [
  ['rule merge-blend', 'blend', 'return differences.map(', 'return [].map('],
  ['refused commits', 'blend', 'if (refused !== null) return [refused];', ''],
  ['octopus merges', 'blend', 'if (others.length > 0) return', 'if (others.length > 9) return'],
  ['several bases', 'blend', 'if (second === undefined) return [first];', 'return [first];'],
  ['code of two halves', 'committed-records', 'if (mixed !== null) return [mixed];', ''],
  ['a seal that does not hold', 'committed-records', '...sealDifference(', '...[].slice('],
  ['ours did not move', 'merge-record', 'if (sameRecord(base, ours)) return', 'if (false) return'],
  ['theirs did not move', 'merge-record', 'sameRecord(base, theirs) || ', ''],
  ['both moved alike', 'merge-record', ' || sameRecord(ours, theirs)', ''],
  ['another address', 'merge-record', 'identityText(ours.fields) !== identityText(theirs.fields)', 'false'],
  ['another category of both', 'merge-record', 'ours.category !== theirs.category;', 'false;'],
  ['broken checksums', 'merge-record', '[ours, theirs].some(isBroken)', 'false'],
  ['units of code', 'units', ": [['proxy', ...code]]", ": [['proxy'], ...code.map((name) => [name])]"],
  ['code as one', 'units', "? [['proxy'], code]", "? [['proxy'], ...code.map((name) => [name])]"],
  ['sets', 'merge-record', "mergeClass === 'set' && all.every(isTextSet)", "mergeClass === 'set'"],
  ['minima', 'merge-record', "mergeClass !== 'minimum' || !all.every(isTime)", "mergeClass !== 'minimum'"],
  [
    'clashes of sections',
    'merge-members',
    'conflicts: [valueConflict(pointer(...path), base, ours, theirs)]',
    'conflicts: []',
  ],
  [
    'stale section checksums',
    'merge-section-checksums',
    'if (isLaundered) conflicts.push',
    'if (false) conflicts.push',
  ],
  ['old section checksums', 'merge-section-checksums', 'return isFull ?', 'return true ?'],
  ['errors of a side', 'invalid-sides', '[...brought, ...made]', '[...made]'],
  ['errors of the two together', 'invalid-sides', '[...brought, ...made]', '[...brought]'],
  [
    'order of decisions',
    'settle',
    'Number(isAboutAll(b)) - Number(isAboutAll(a)) ||',
    'Number(isAboutAll(a)) - Number(isAboutAll(b)) ||',
  ],
  ['decisions of a record', 'settle', 'if (isAboutAll(choice)) return', 'if (false) return'],
  ['size of markers', 'marked-text', 'character.repeat(size)', 'character.repeat(7)'],
];

export function mergeChecks(repository: string): Check[] {
  return lines.map(([name, module, line, without]) => {
    const file = `src/core/merge/${module}.ts`;
    const start = readFileSync(join(repository, file), 'utf8').indexOf(line);
    if (start < 0) throw new Error(`${file} has no line ${line}`);
    const title = name.startsWith('rule ') ? name : `merge/${module}.ts ${name}`;
    return { file, name: title, start, end: start + line.length, replacement: without };
  });
}
