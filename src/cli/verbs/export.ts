import { resolve } from 'node:path';
import { exportLevelDb } from '../../commands/export-leveldb.js';
import { levelStore } from '../../leveldb/level-store.js';
import { flag, text } from '../arguments.js';
import type { Verb } from '../command.js';
import { requireFormat } from '../foreign-format.js';
import { terminalSafe } from '../text/escape.js';
import { paint } from '../text/paint.js';

export const runExport: Verb = async (args, context) => {
  requireFormat('export', text(args, 'format'), ['leveldb']);
  const out = text(args, 'out') ?? '';
  const data = await exportLevelDb(await context.openRepository(), levelStore, {
    out: resolve(context.cwd, out),
    at: text(args, 'at') ?? null,
    withQuarantine: flag(args, 'with-quarantine'),
  });
  const records = `${data.records.toLocaleString('en-US')} ${data.records === 1 ? 'record' : 'records'}`;
  const quarantined = data.quarantined === 0 ? '' : ` and ${data.quarantined.toLocaleString('en-US')} from quarantine`;
  return {
    data: { ...data, out },
    text: (style) =>
      `${paint(style).green(paint(style).mark.done)} Exported ${records}${quarantined} to ${terminalSafe(out)}`,
    quiet: out,
  };
};
