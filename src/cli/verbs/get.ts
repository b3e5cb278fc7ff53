import { getRecord } from '../../commands/get.js';
import type { StateRecord } from '../../core/model/record.js';
import { recordView } from '../../core/model/view.js';
import type { StateRepository } from '../../ports/state-repository.js';
import { required, text } from '../arguments.js';
import type { Verb } from '../command.js';
import { type LastChange, renderRecord } from '../text/record.js';

export const runGet: Verb = async (args, context) => {
  const asked = required(args, 'name');
  const at = text(args, 'at');
  const repository = await context.openRepository();
  const { record } = await getRecord(repository, { network: required(args, 'network'), name: asked, at });
  // History costs a git process: only someone who looks waits for it.
  const lastChange = context.interactive ? await lastChangeOf(repository, record, at) : null;
  return { data: recordView(record), text: (style) => renderRecord(record, { asked, lastChange }, style) };
};

async function lastChangeOf(
  repository: StateRepository,
  { network, name }: StateRecord,
  at: string | undefined,
): Promise<LastChange | null> {
  const { logRecords } = await import('../../commands/log.js');
  const { entries } = await logRecords(repository, { network, name, at, limit: 1 });
  return entries[0] ?? null;
}
