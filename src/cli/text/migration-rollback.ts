import type { RolledBack } from '../../commands/migration/rollback-migration.js';
import { terminalSafe } from './escape.js';
import { paint } from './paint.js';
import type { Style } from './style.js';
import { counted } from './table.js';

export function rollbackSummary(result: RolledBack, dryRun: boolean, style: Style): string {
  const pen = paint(style);
  const { cutover, exported, leveldb, reverted } = result;
  const done = pen.green(pen.mark.done);
  const to = terminalSafe(leveldb);
  const gone = reverted.changes.filter(({ status }) => status === 'removed').length;
  const what = `${counted(gone, 'record')} of ${cutover.slice(0, 7)}`;
  if (dryRun) return `Dry run, nothing was written. It would write ${to} and take back ${what}.`;
  const kept = exported === null ? 'an earlier run wrote it' : counted(exported.records, 'record');
  const quarantined =
    exported === null || exported.quarantined === 0 ? '' : `, ${exported.quarantined} from quarantine`;
  const commit = reverted.commit === null ? 'it was reverted already' : `as ${reverted.commit.slice(0, 7)}`;
  return [
    `${done} LevelDB ${to}: ${kept}${quarantined}; read back, every checksum holds`,
    `${done} Took back ${what}, ${commit}`,
  ].join('\n');
}

export function rollbackNotes({ comparison, leveldb }: RolledBack, dryRun: boolean, style: Style): string {
  const pen = paint(style);
  if (dryRun) return '';
  const lines: string[] = [];
  if (comparison !== null) {
    const { equal, richer, changed, missing, added } = comparison;
    lines.push(`Against the LevelDB that was migrated: ${counted(equal, 'entry', 'entries')} equal`);
    for (const [title, keys] of [
      ['say more than they did', richer],
      ['changed since', changed],
      ['added since', added],
      ['not in the new one', missing],
    ] as const) {
      if (keys.length > 0) lines.push(`${pen.yellow(pen.mark.warning)} ${title}: ${keys.map(terminalSafe).join(', ')}`);
    }
  }
  lines.push(
    `Deploy scripts of this clone that leave the backend to stateroot use it from now on. For others: move it to leveldb/`,
    `The old LevelDB is as it was. A rollback changes the record, not the chain. Next: stateroot migrate validate --leveldb ${terminalSafe(leveldb)} --at HEAD^`,
  );
  return lines.join('\n');
}
