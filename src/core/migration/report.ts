import type { DualWriteTrial, PhaseNote } from './note.js';
import { phases } from './phases.js';

/** What a completion report says, all of it counted or measured. */
export type ReportFacts = {
  readonly id: string;
  readonly status: 'SUCCESS' | 'FAILED' | 'IN PROGRESS';
  readonly phases: readonly PhaseNote[];
  /** Records whose every field was equal when it was compared last, of those the sources make. */
  readonly records: { readonly equal: number; readonly all: number };
  readonly networks: { readonly equal: number; readonly all: number };
  /** Entries of the sources, and those that cannot be state. */
  readonly entries: { readonly refused: number; readonly all: number };
  readonly ambiguous: number;
  readonly recovered: number;
  readonly withoutArguments: number;
  /** Records that were written while the migration ran. */
  readonly caughtUp: number;
  readonly trial: DualWriteTrial | null;
  readonly backup: string | null;
};

/** The completion report in the template of design document 003 (R122), as Markdown. */
export function reportMarkdown(facts: ReportFacts): string[] {
  const { records, networks, entries } = facts;
  return [
    '# Migration Completion Report',
    '',
    '## Executive Summary',
    `- Migration Status: ${facts.status}`,
    `- Total Duration: ${durationText(facts.phases.reduce((sum, { durationMs }) => sum + durationMs, 0))}`,
    `- Data Integrity: ${percent(records.equal, records.all)} (${records.equal} of ${records.all} records equal, field by field)`,
    '- System Availability: not measured; deploy scripts could write all the time',
    '',
    '## Phase Completion Summary',
    ...phases.map(({ number, title, name }) => `- Phase ${number} (${title}): ${phaseText(facts.phases, name)}`),
    '',
    '## Technical Metrics',
    `- Contracts Migrated: ${records.equal}/${records.all}`,
    `- Networks Validated: ${networks.equal}/${networks.all}`,
    `- Performance Impact: ${impactText(facts.trial)}`,
    `- Error Rate: ${percent(entries.refused, entries.all)} (${entries.refused} of ${entries.all} entries cannot be state)`,
    '',
    '## Issues Encountered',
    ...listOrNone(issuesOf(facts)),
    '',
    '## Recommendations',
    ...recommendationsOf(facts).map((line) => `- ${line}`),
  ];
}

/** `0.4 s`, `2 min 10 s`, `3 h 5 min`. */
export function durationText(ms: number): string {
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

/** Never rounded up to a whole that it is not. */
function percent(part: number, all: number): string {
  if (part === 0) return '0%';
  if (part === all) return '100%';
  return `${Math.min(Math.max(Math.round((part / all) * 10_000) / 100, 0.01), 99.99)}%`;
}

function phaseText(notes: readonly PhaseNote[], name: PhaseNote['name']): string {
  const note = notes.find((one) => one.name === name);
  if (note === undefined) return 'not begun';
  return `${note.status} - ${durationText(note.durationMs)}`;
}

function impactText(trial: DualWriteTrial | null): string {
  if (trial === null) return 'not measured; dual-write was off';
  const change = Math.round((trial.both / trial.git - 1) * 100);
  const ms = (value: number): string => `${value.toFixed(1)} ms`;
  return `${change >= 0 ? '+' : ''}${change}% (a record to both ${ms(trial.both)}, Git alone ${ms(trial.git)}, LevelDB alone ${ms(trial.leveldb)})`;
}

function issuesOf({ entries, ambiguous, recovered, withoutArguments, caughtUp }: ReportFacts): string[] {
  const issues: readonly (readonly [string, number])[] = [
    ['Entries that cannot be state, kept word for word in quarantine', entries.refused],
    ['Places where sources disagree, decided by the rules', ambiguous],
    ['Lost fields that superseded entries or older copies still held', recovered],
    ['Records without deploymentArgs in any source', withoutArguments],
    ['Records written while the migration ran, and brought in', caughtUp],
  ];
  return issues.flatMap(([what, count]) => (count === 0 ? [] : [`${what}: ${count}`]));
}

function listOrNone(lines: readonly string[]): string[] {
  return lines.length === 0 ? ['None.'] : lines.map((line) => `- ${line}`);
}

function recommendationsOf({ entries, withoutArguments, backup, id }: ReportFacts): string[] {
  return [
    ...(entries.refused === 0 ? [] : ['Look at what is in quarantine: correct the source, or leave it there.']),
    ...(withoutArguments === 0
      ? []
      : ['Give older copies of the LevelDB with --also: they may hold the missing deploymentArgs.']),
    ...(backup === null
      ? ['No backup was made by this migration: stateroot backup create.']
      : [`Keep the backup: ${backup}`]),
    'Keep the LevelDB until scripts have worked on Git for a while; the migration left it as it was.',
    `The way back: stateroot migrate rollback, or revert the merge of state/migrate-${id}, which is one commit.`,
  ];
}
