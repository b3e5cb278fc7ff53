import type { Aborted } from '../../commands/migration/abort-migration.js';
import type { MigrationResult } from '../../commands/migration/run-phases.js';
import { paint } from './paint.js';
import type { Style } from './style.js';
import { counted } from './table.js';

/** `data` of `migrate run` and `resume`. */
export function migrationData({ kind, note, branch, phase, inventory, report }: MigrationResult) {
  return {
    kind,
    branch,
    phase,
    commit: note?.merge ?? null,
    migration: note,
    records: inventory?.records ?? null,
    networks: inventory?.networks ?? null,
    report: report === null ? null : `${report.join('\n')}\n`,
  };
}

/** The completion report; nothing before the end. */
export function migrationSummary({ report }: MigrationResult): string {
  return report === null ? '' : report.join('\n');
}

/** What came of it, and the next command. */
export function migrationNotes({ kind, note, branch, phase, inventory }: MigrationResult, style: Style): string {
  const { green, yellow, mark } = paint(style);
  const done = green(mark.done);
  if (kind === 'unchanged') {
    const records = inventory?.records ?? 0;
    return `${done} Nothing to migrate: this branch says all of the ${counted(records, 'record')} already. No commit.`;
  }
  const name = branch ?? '';
  if (kind === 'stopped') {
    return `${yellow(mark.warning)} Stopped after a whole batch; ${name} keeps what is done.\nNext: stateroot migrate resume`;
  }
  if (kind === 'merged') {
    const merge = note?.merge?.slice(0, 7) ?? '';
    return [
      `${done} Migrated: ${name} is merged as ${merge}, and deploy scripts of this clone write to Git.`,
      `The way back, with a LevelDB of all that was written since: stateroot migrate rollback`,
    ].join('\n');
  }
  const next = phase === 'consistency' ? 'stateroot migrate resume --cutover' : 'stateroot migrate resume';
  return [
    `${done} Done up to ${phase ?? ''}, on branch ${name}. Your branch has not moved.`,
    `Next: stateroot diff HEAD..${name}, then ${next}`,
  ].join('\n');
}

/** What was given up, and what stays. */
export function abortNotes({ id, branch, commit, wasDualWriting, isDualWriting }: Aborted, style: Style): string {
  const { green, yellow, mark } = paint(style);
  const gone = branch === null ? 'it had no branch yet' : `${branch} is removed (was ${commit?.slice(0, 7) ?? ''})`;
  return [
    `${green(mark.done)} Migration ${id} is given up: ${gone}. The sources are as they were.`,
    ...(isDualWriting
      ? [
          `${yellow(mark.warning)} Deploy scripts of this clone go on writing to LevelDB and Git: what they deployed meanwhile is in both, and`,
          '  Git alone would have the rest deployed again. To end that: undo their commits (stateroot rollback), then migrate abort.',
        ]
      : wasDualWriting
        ? ['Deploy scripts of this clone do as before it.']
        : []),
    'Begin anew: stateroot migrate run',
  ].join('\n');
}
