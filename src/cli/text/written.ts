import type { RecordResult } from '../../commands/record.js';
import type { NetworkFile } from '../../core/model/network-file.js';
import type { Unfinished } from '../../ports/state-repository.js';
import type { Outcome } from '../command.js';
import { renderChanges } from './changes.js';
import { terminalSafe } from './escape.js';
import { paint } from './paint.js';
import type { Style } from './style.js';

/** How every write answers: the change on stdout, its commit and how to undo it on stderr, `-q` the bare commit id. */
export function writtenOutcome(
  result: RecordResult,
  options: {
    dryRun: boolean;
    unchanged: string;
    /** Network files when the write stands, as far as they say something about it. */
    after?: ReadonlyMap<string, NetworkFile>;
  },
): Outcome {
  return {
    data: { commit: result.commit, changed: result.changed, changes: result.changes },
    text: (style) => renderChanges(result.networks, style, options.after),
    notes: (style) =>
      [...result.recovered.map((write) => recoveredLine(write, style)), closing(result, options, style)].join('\n'),
    ...(result.commit === null ? {} : { quiet: result.commit }),
  };
}

/** `main` of `refs/heads/main`. */
function shortRef(ref: string): string {
  return terminalSafe(ref.replace(/^refs\/heads\//, ''));
}

export function recoveredLine(write: Unfinished, style: Style): string {
  const { yellow, mark } = paint(style);
  const what = write.state === 'finished' ? 'Finished' : 'Undid';
  return `${yellow(mark.warning)} ${what} a write that died: ${terminalSafe(write.operation)} of ${write.startedAt}`;
}

function closing(result: RecordResult, options: { dryRun: boolean; unchanged: string }, style: Style): string {
  const { green, mark } = paint(style);
  const done = green(mark.done);
  if (!result.changed) return `${done} Unchanged: ${options.unchanged}. No commit.`;
  const subject = terminalSafe((result.message ?? '').split('\n')[0] ?? '');
  if (options.dryRun || result.commit === null)
    return `Dry run, nothing was written. It would be one commit: ${subject}`;
  const short = result.commit.slice(0, 7);
  return `${done} ${short} on ${shortRef(result.ref)}: ${subject}. Undo: stateroot rollback ${short}`;
}
