import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '../../src/core/inspect/rules.js';
import { type Check, checksIn } from './checks.js';
import { mergeChecks } from './merge-checks.js';

/** Everything in the validator and in merging that can be turned off: each rule as a whole, then each place that complains. */
export function allChecks(repository: string): Check[] {
  return [
    ...ruleChecks(repository),
    ...mergeChecks(repository),
    ...sources(repository).flatMap((file) => checksIn(file, read(repository, file))),
  ];
}

const judges = 'src/core/inspect/inspect.ts';

/** A rule is off when no judgement of the validator names it. */
function ruleChecks(repository: string): Check[] {
  const text = read(repository, judges);
  const ends = [...text.matchAll(/\.sort\(compareFindings\);/g)];
  const start = ends[0]?.index ?? 0;
  const last = ends.at(-1);
  const end = (last?.index ?? 0) + (last?.[0].length ?? 0);
  const ids = rules.map(({ id }) => id).filter((id) => id !== 'merge-blend');
  return ids.map((id) => ({
    file: judges,
    name: `rule ${id}`,
    start,
    end,
    replacement: text
      .slice(start, end)
      .replaceAll('.sort(compareFindings);', `.filter(({ rule }) => rule !== '${id}').sort(compareFindings);`),
  }));
}

function sources(repository: string): string[] {
  const inspect = readdirSync(join(repository, 'src/core/inspect')).map((name) => `src/core/inspect/${name}`);
  return [
    ...inspect.filter((file) => file.endsWith('.ts')).sort(),
    'src/core/model/names.ts',
    'src/core/text/number.ts',
    'src/core/text/read.ts',
    'src/core/text/refuse-syntax.ts',
    'src/core/text/refuse-value.ts',
    'src/core/values/address.ts',
    'src/core/values/hash.ts',
  ];
}

function read(repository: string, file: string): string {
  return readFileSync(join(repository, file), 'utf8');
}
