import type { MigrationStatus } from '../../commands/migration/migration-status.js';
import { phases } from '../../core/migration/phases.js';
import { durationText } from '../../core/migration/report.js';
import { terminalSafe } from './escape.js';
import { paint } from './paint.js';
import type { Style } from './style.js';
import { alignedLines, grouped } from './table.js';

/** stdout of `migrate status`. */
export function statusSummary({ note, state, branch, done, next }: MigrationStatus, style: Style): string {
  const { green, yellow, blue, mark } = paint(style);
  if (note === null) return 'No migration was begun in this clone.';
  const sign = state === 'merged' ? green(mark.done) : state === 'stalled' ? yellow(mark.warning) : blue(mark.info);
  const head = `${sign} Migration ${note.id}: ${words[state]}. Begun ${note.startedAt}.`;
  const rows = phases.map(({ number, name, risk }) => {
    const taken = note.phases.find((phase) => phase.name === name);
    const what = done.includes(name) ? 'done' : name === next && taken !== undefined ? 'begun' : 'open';
    return [`  ${number}`, name, `${risk} risk`, what, taken === undefined ? '' : durationText(taken.durationMs)];
  });
  const { progress } = note;
  return [
    head,
    ...alignedLines(rows),
    ...(progress === null
      ? []
      : [`  records  ${grouped(progress.done)} of ${grouped(progress.total)}, ${progress.updatedAt}`]),
    ...(branch === null ? [] : [`  branch   ${branch}`]),
    `  scripts  ${scripts[note.scripts]}`,
    ...(typeof note.backup === 'string' ? [`  backup   ${terminalSafe(note.backup)}`] : []),
  ].join('\n');
}

/** stderr: the next command. */
export function statusNotes({ state, next, isProcessAlive }: MigrationStatus): string {
  if (state === 'none') return 'Next: stateroot migrate plan';
  if (state === 'stalled' && isProcessAlive) {
    return 'Its process lives and nothing comes of it: end it with Ctrl-C or SIGTERM, then stateroot migrate resume';
  }
  if (state === 'stalled' || state === 'stopped') {
    return `Next: stateroot migrate resume${next === 'cutover' ? ' --cutover' : ''}; or give it up: stateroot migrate abort`;
  }
  if (state === 'merged')
    return 'The way back, with a LevelDB of all that was written since: stateroot migrate rollback';
  return '';
}

const words: Readonly<Record<MigrationStatus['state'], string>> = {
  none: 'none',
  running: 'running',
  stalled: 'stalled',
  stopped: 'stopped, can be resumed',
  merged: 'merged',
  aborted: 'given up',
  'rolled-back': 'rolled back',
};

const scripts = {
  'dual-write': 'deploy scripts of this clone write to LevelDB and Git',
  leveldb: 'deploy scripts of this clone write to LevelDB',
  git: 'deploy scripts of this clone write to Git',
  unchanged: 'deploy scripts do as they did',
} as const;
