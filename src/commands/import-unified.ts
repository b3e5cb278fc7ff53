import { compareText } from '../core/equal.js';
import { foldFile } from '../core/fold/fold.js';
import type { LegacyReject } from '../core/legacy/legacy-record.js';
import { sourceId } from '../core/legacy/source-id.js';
import { canonicalize } from '../core/text/canonical.js';
import { StateManagerError } from '../errors.js';
import type { SourceFile } from '../ports/source-files.js';
import type { StateRepository } from '../ports/state-repository.js';
import type { BaseState } from './base-state.js';
import { type ImportOptions, type ImportResult, importSource } from './import-source.js';
import { type ImportPlan, type PassedOver, planImport, type SettledShare } from './plan-import.js';
import { readUnified, type UnifiedFile } from './read-unified.js';
import { type Folding, settleUnified } from './settle-unified.js';
import { unifiedPlace, type UnifiedWish } from './unified-place.js';

export type UnifiedRequest = ImportOptions &
  UnifiedWish & {
    /** Of one file or one folder. */
    readonly files: readonly SourceFile[];
  };

/**
 * 3.0 files that are not in normal form, folded (FORMAT §10), as commits, one per network. A file that is the committed
 * one of its network here is replaced by its own normal form, whatever is wrong with it; otherwise what it says is
 * merged into the file that is here. Throws BAD_INPUT when no file can be imported, BAD_USAGE, CHAIN_ID_MISMATCH,
 * STATE_INVALID, CONFIG_INVALID, IMPORT_STRICT, and what writing throws.
 */
export async function importUnified(repository: StateRepository, request: UnifiedRequest): Promise<ImportResult> {
  refuseOneNameForMany(request);
  const kind = 'unified';
  const read = readUnified(request.files);
  const id = idOf(read.unified);
  const plan = async (base: BaseState): Promise<ImportPlan> => {
    const { folded, passedOver } = await foldAll(base, read.unified, request);
    const over = [...read.passedOver, ...passedOver].sort((a, b) => compareText(a.file, b.file));
    if (folded.length === 0) throw nothingToImport(over);
    return planImport(base, {
      kind,
      id,
      networks: folded.map((one) => ({ chainId: one.chainId, settle: () => settle(base, one) })),
      passedOver: over,
    });
  };
  return importSource(repository, { kind, id, plan }, request);
}

async function settle(base: BaseState, one: Folding): Promise<SettledShare> {
  const { network, rejects, ambiguous } = await settleUnified(base, one);
  const { result, file } = one;
  return {
    network,
    rejects: [...ownRejects(one), ...rejects],
    ambiguous: [...result.ambiguous, ...ambiguous].map(({ rule, path, kept, other }) => {
      return { rule, file: file.path, path, kept, other };
    }),
    folded: result.folded.map(({ rule, ...rest }) => ({ rule, file: file.path, ...rest })),
  };
}

function refuseOneNameForMany({ files, network, chainId }: UnifiedRequest): void {
  if (files.length < 2 || (network === undefined && chainId === undefined)) return;
  const what = network === undefined ? '--chain-id' : '--network';
  throw new StateManagerError('BAD_USAGE', `${what} names one network, and there are ${files.length} files.`, {
    hint: `import that file alone: stateroot import unified <file> ${what} …`,
    details: { files: files.map(({ path }) => path) },
  });
}

/** What the files say under which name, not their layout. */
function idOf(files: readonly UnifiedFile[]): string {
  return sourceId(
    files.map(({ file, source }) => ({ key: Buffer.from(file.name), value: Buffer.from(canonicalize(source.root)) })),
  );
}

/** Ascending by network. */
async function foldAll(
  base: BaseState,
  files: readonly UnifiedFile[],
  wish: UnifiedWish,
): Promise<{ readonly folded: readonly Folding[]; readonly passedOver: readonly PassedOver[] }> {
  const folded = new Map<string, Folding>();
  const passedOver: PassedOver[] = [];
  // A file called after its network comes before one that only says so.
  const inOrder = [...files.filter(({ named }) => named !== null), ...files.filter(({ named }) => named === null)];
  for (const unified of inOrder) {
    const { path } = unified.file;
    const place = await unifiedPlace(base, unified, wish);
    if ('reason' in place) {
      passedOver.push({ file: path, reason: place.reason });
      continue;
    }
    const rival = folded.get(place.network);
    if (rival !== undefined) {
      passedOver.push({ file: path, reason: `it is about ${place.network}, which is ${rival.file.path}` });
      continue;
    }
    const result = foldFile(unified.source, place);
    if (result.ok) folded.set(place.network, { ...unified, ...place, result });
    else
      passedOver.push({
        file: path,
        reason: `${result.findings[0]?.rule ?? ''}: ${result.findings[0]?.message ?? ''}`,
      });
  }
  return { folded: [...folded.values()].sort((a, b) => compareText(a.network, b.network)), passedOver };
}

function ownRejects({ result, chainId, file }: Folding): LegacyReject[] {
  return result.quarantined.map(({ key, reason, value, raw }) => {
    return { key, reason, value, raw: Buffer.from(raw), chainId, file: file.path };
  });
}

function nothingToImport(passedOver: readonly PassedOver[]): StateManagerError {
  const [first, ...rest] = passedOver;
  if (first === undefined) {
    return new StateManagerError('BAD_INPUT', 'There is no <network>.unified.json to import.', {
      hint: 'name a file of that kind, or the folder with them directly in it; stateroot help import lists the formats',
    });
  }
  const more = rest.length === 0 ? '' : `, and ${rest.length} more cannot either`;
  return new StateManagerError('BAD_INPUT', `${first.file} cannot be imported: ${first.reason}${more}`, {
    hint: 'stateroot help import lists the formats that can be imported',
    details: { passedOver },
  });
}
