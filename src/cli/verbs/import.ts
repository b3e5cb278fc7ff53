import { resolve } from 'node:path';
import { importLevelDb } from '../../commands/import-leveldb.js';
import { levelStore } from '../../leveldb/level-store.js';
import { flag, text } from '../arguments.js';
import type { Verb } from '../command.js';
import { requireFormat } from '../foreign-format.js';
import { parseChainId } from '../json-input.js';
import { importNotes, importSummary } from '../text/import-report.js';

export const runImport: Verb = async (args, context) => {
  requireFormat('import', text(args, 'format'), ['leveldb']);
  const network = text(args, 'network');
  const chainId = parseChainId(text(args, 'chain-id'));
  const dryRun = flag(args, 'dry-run');
  // The repository first: a wrong directory is refused before anything large is copied.
  const repository = await context.openRepository();
  const progress = context.progress('Reading');
  try {
    const folder = resolve(context.cwd, text(args, 'path') ?? '');
    const entries = await levelStore.read(folder, (count) => {
      progress.step(count);
    });
    const result = await importLevelDb(repository, {
      entries,
      here: flag(args, 'here'),
      allowDetached: flag(args, 'allow-detached'),
      strict: flag(args, 'strict'),
      dryRun,
      wish: { ...(network === undefined ? {} : { network }), ...(chainId === undefined ? {} : { chainId }) },
      seen: (count) => {
        progress.step(count);
      },
    });
    return {
      data: result.data,
      text: (style) => importSummary(result, dryRun, style),
      notes: (style) => importNotes(result, dryRun, style),
      quiet: result.data.commits.join('\n'),
    };
  } finally {
    progress.done();
  }
};
