import type { Decided } from '../commands/migration/decide-discrepancies.js';
import type { KnownDiscrepancy } from '../commands/migration/find-discrepancies.js';
import type { Context } from './command.js';
import { discrepancyLines, discrepancyTitle } from './text/discrepancies.js';

/** Asks the person at the terminal about each discrepancy, by index; null when a question was cancelled. */
export async function askDiscrepancies(
  known: readonly KnownDiscrepancy[],
  context: Context,
): Promise<Map<number, Decided> | null> {
  const decided = new Map<number, Decided>();
  for (const [at, one] of known.entries()) {
    const title = `${at + 1}/${known.length}  ${discrepancyTitle(one.discrepancy)}`;
    context.say([title, ...discrepancyLines(one, context.errorStyle)].join('\n'));
    const key = await context.choose('Which is right?', [
      {
        key: 'l',
        label: one.discrepancy.kind === 'only-git' ? 'LevelDB: remove it from Git' : 'LevelDB: write it to Git',
      },
      { key: 'g', label: 'Git: leave it, the LevelDB is made new by export' },
      { key: 's', label: 'skip' },
      { key: 'q', label: 'quit, keep what was decided' },
    ]);
    if (key === null) return null;
    if (key === 'q') break;
    if (key !== 's') decided.set(at, { side: key === 'l' ? 'leveldb' : 'git', by: 'asked' });
  }
  return decided;
}
