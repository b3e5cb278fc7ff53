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
import type { OlderCopy } from '../../core/legacy/older-versions.js';
import { StateManagerError } from '../../errors.js';
import type { StateRepository } from '../../ports/state-repository.js';
import { flag, text, texts } from '../arguments.js';
import type { Context, Verb } from '../command.js';
import { pickFormat } from '../foreign-format.js';
import { parseChainId } from '../json-input.js';
import { memoryRelief } from '../relieve-memory.js';
import { importNotes, importSummary } from '../text/import-report.js';

export const runImport: Verb = async (args, context) => {
  const importer = pickFormat('import', text(args, 'format'), importers);
  const also = texts(args, 'also');
  if (also.length > 0 && importer !== leveldb) throw onlyLevelDb(text(args, 'format') ?? '');
  const dryRun = flag(args, 'dry-run');
  const network = text(args, 'network');
  const chainId = parseChainId(text(args, 'chain-id'));
  const request: Request = {
    path: text(args, 'path') ?? '',
    also,
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

function onlyLevelDb(format: string): StateManagerError {
  return new StateManagerError('BAD_USAGE', `--also names older copies of a LevelDB; import ${format} has none.`, {
    hint: `leave --also out; to import the copy itself: stateroot import leveldb <path>`,
  });
}

type Request = {
  readonly path: string;
  /** Older copies of a LevelDB. */
  readonly also: readonly string[];
  readonly wish: { readonly network?: string; readonly chainId?: number };
  readonly options: ImportOptions;
};
type Importer = (repository: StateRepository, context: Context, request: Request) => Promise<ImportResult>;

const leveldb: Importer = async (repository, context, { path, also, wish, options }) => {
  const progress = context.progress('Reading');
  const relieve = memoryRelief();
  const seen = (count: number): void => {
    progress.step(count);
  };
  try {
    const content = await levelStore.examine(resolve(context.cwd, path), seen);
    const copies: OlderCopy[] = [];
    for (const copy of also) copies.push({ path: copy, content: await levelStore.examine(resolve(context.cwd, copy)) });
    return await importLevelDb(repository, { ...options, ...content, also: copies, wish, seen, relieve });
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
