import { consistencyRules } from '../../src/core/consistency/all-rules.js';
import type { ConsistencyRule } from '../../src/core/consistency/rule.js';
import { type Rule, rules } from '../../src/core/inspect/rules.js';
import { cell } from './cell.js';

/** The page of all rules, `schemas/RULES.md`, as the table of the validator gives it. */
export function rulesPage(): string {
  return [
    '# Rules',
    '',
    'What `stateroot validate` and the hooks find, then what `stateroot check` finds, by rule id; ids are stable. This page is',
    'generated (`npm run docs:rules`); `stateroot validate --explain <rule>` and `check --explain <rule>` show the same.',
    '',
    ...groups.flatMap(([title, belongs]) => [
      `## ${title}`,
      '',
      '| rule | what it is | why, and what is asked for | way out |',
      '|---|---|---|---|',
      ...rules.filter(belongs).map(row),
      '',
    ]),
    '## Consistency: do the networks agree',
    '',
    'Found by `stateroot check`, with severities that `rules` in stateroot.config.json can change (`off info warning error`).',
    'What `validate` says of the addresses, hashes, names and checksums of a record is not said again; these rules judge what',
    'records, sections, networks and the files beside them say of each other. `check --explain` shows an example of each.',
    '',
    '| rule | severity | what it is | why, and what is compared | way out |',
    '|---|---|---|---|---|',
    ...consistencyRules.map(consistencyRow),
    '',
  ].join('\n');
}

function consistencyRow({ id, severity, title, meaning, remedy }: ConsistencyRule): string {
  return `| \`${id}\` | ${severity} | ${[title, meaning, remedy].map(cell).join(' | ')} |`;
}

const groups: readonly (readonly [string, (rule: Rule) => boolean])[] = [
  ['Refusals: the file cannot be read', (rule) => rule.refusal === true],
  ['Errors that `stateroot fmt` repairs', (rule) => rule.repairedBy === 'fmt'],
  ['Errors', (rule) => rule.severity === 'error' && rule.refusal !== true && rule.repairedBy !== 'fmt'],
  ['Warnings', (rule) => rule.severity === 'warning'],
  ['Information', (rule) => rule.severity === 'info'],
];

function row({ id, title, meaning, remedy }: Rule): string {
  return `| \`${id}\` | ${[title, meaning, remedy].map(cell).join(' | ')} |`;
}
