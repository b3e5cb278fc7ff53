import { resolve } from 'node:path';
import { exportLevelDb } from '../../commands/export-leveldb.js';
import { exportPlain } from '../../commands/export-plain.js';
import { StateManagerError } from '../../errors.js';
import { folderWriter } from '../../files/write-folder.js';
import { levelStore } from '../../leveldb/level-store.js';
import { flag, text } from '../arguments.js';
import type { Outcome, Verb } from '../command.js';
import { pickFormat } from '../foreign-format.js';
import { terminalSafe } from '../text/escape.js';
import { paint } from '../text/paint.js';

const exporters: ReadonlyMap<string, Verb> = new Map<string, Verb>([
  ['leveldb', exportStore],
  ['json-v1', (args, context) => exportFiles('v1', args, context)],
  ['json-v2', (args, context) => exportFiles('v2', args, context)],
]);

export const runExport: Verb = (args, context) => pickFormat('export', text(args, 'format'), exporters)(args, context);

async function exportStore(...[args, context]: Parameters<Verb>): Promise<Outcome> {
  const out = text(args, 'out') ?? '';
  const data = await exportLevelDb(await context.openRepository(), levelStore, {
    out: resolve(context.cwd, out),
    at: text(args, 'at') ?? null,
    withQuarantine: flag(args, 'with-quarantine'),
  });
  const quarantined = data.quarantined === 0 ? '' : ` and ${counted(data.quarantined)} from quarantine`;
  return exported({ ...data, out }, `${records(data.records)}${quarantined}`);
}

async function exportFiles(form: 'v1' | 'v2', ...[args, context]: Parameters<Verb>): Promise<Outcome> {
  if (flag(args, 'with-quarantine')) {
    throw new StateManagerError('BAD_USAGE', 'Plain files have no place for what an import could not accept', {
      hint: 'leave --with-quarantine out, or export leveldb',
    });
  }
  const out = text(args, 'out') ?? '';
  const data = await exportPlain(await context.openRepository(), folderWriter, {
    out: resolve(context.cwd, out),
    at: text(args, 'at') ?? null,
    form,
  });
  const networks = `${counted(data.networks)} ${data.networks === 1 ? 'network' : 'networks'}`;
  return exported({ ...data, out }, `${records(data.records)} of ${networks}`);
}

function exported(data: Record<string, unknown> & { readonly out: string }, what: string): Outcome {
  return {
    data,
    text: (style) => `${paint(style).green(paint(style).mark.done)} Exported ${what} to ${terminalSafe(data.out)}`,
    quiet: data.out,
  };
}

function records(count: number): string {
  return `${counted(count)} ${count === 1 ? 'record' : 'records'}`;
}

function counted(count: number): string {
  return count.toLocaleString('en-US');
}
