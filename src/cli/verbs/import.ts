import { join, resolve } from 'node:path';
import { importAddresses } from '../../commands/import-addresses.js';
import { importJson } from '../../commands/import-json.js';
import { importLevelDb } from '../../commands/import-leveldb.js';
import type { ImportOptions, ImportResult } from '../../commands/import-source.js';
import { importUnified } from '../../commands/import-unified.js';
import type { PassedOver } from '../../commands/plan-import.js';
import { isUnifiedName } from '../../commands/read-unified.js';
import { clutterReason } from '../../core/legacy/json/clutter.js';
import { sourceFiles } from '../../files/read-source-files.js';
import { levelStore } from '../../leveldb/level-store.js';
import type { StateRepository } from '../../ports/state-repository.js';
import { flag, text } from '../arguments.js';
import type { Context, Verb } from '../command.js';
import { pickFormat } from '../foreign-format.js';
import { parseChainId } from '../json-input.js';
import { importNotes, importSummary } from '../text/import-report.js';

export const runImport: Verb = async (args, context) => {
  const importer = pickFormat('import', text(args, 'format'), importers);
  const dryRun = flag(args, 'dry-run');
  const network = text(args, 'network');
  const chainId = parseChainId(text(args, 'chain-id'));
  const request: Request = {
    path: text(args, 'path') ?? '',
    wish: { ...(network === undefined ? {} : { network }), ...(chainId === undefined ? {} : { chainId }) },
    options: {
      here: flag(args, 'here'),
      allowDetached: flag(args, 'allow-detached'),
      strict: flag(args, 'strict'),
      dryRun,
    },
  };
  // The repository first: a wrong directory is refused before anything large is copied.
  const repository = await context.openRepository();
  const result = await importer(repository, context, request);
  return {
    data: result.data,
    text: (style) => importSummary(result, dryRun, style),
    notes: (style) => importNotes(result, dryRun, style),
    quiet: result.data.commits.join('\n'),
  };
};

type Request = {
  readonly path: string;
  readonly wish: { readonly network?: string; readonly chainId?: number };
  readonly options: ImportOptions;
};
type Importer = (repository: StateRepository, context: Context, request: Request) => Promise<ImportResult>;

const leveldb: Importer = async (repository, context, { path, wish, options }) => {
  const progress = context.progress('Reading');
  const seen = (count: number): void => {
    progress.step(count);
  };
  try {
    const content = await levelStore.examine(resolve(context.cwd, path), seen);
    return await importLevelDb(repository, { ...options, ...content, wish, seen });
  } finally {
    progress.done();
  }
};

const addresses: Importer = async (repository, context, { path, wish, options }) => {
  const files = await sourceFiles(context.cwd).read(path);
  return importAddresses(repository, { ...options, ...wish, files });
};

const unified: Importer = async (repository, context, { path, wish, options }) => {
  const files = await sourceFiles(context.cwd).read(path, isUnifiedName);
  return importUnified(repository, { ...options, ...wish, files });
};

const json: Importer = async (repository, context, { path, wish, options }) => {
  const ignored: PassedOver[] = [];
  const files = await sourceFiles(context.cwd).read(path, (name) => {
    const reason = clutterReason(name);
    if (reason !== null) ignored.push({ file: join(path, name), reason });
    return reason === null;
  });
  const asked = files.length === 1 && files[0]?.path === path;
  return importJson(repository, { ...options, wish, files, ignored, asked });
};

/** By format, as it is typed. */
const importers: ReadonlyMap<string, Importer> = new Map([
  ['leveldb', leveldb],
  ['unified', unified],
  ['json', json],
  ['addresses', addresses],
]);
