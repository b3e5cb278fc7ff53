import { compareText } from '../core/equal.js';
import type { NetworkWish } from '../core/legacy/group-by-network.js';
import type { OlderSource } from '../core/legacy/json/older-source.js';
import { sourceId } from '../core/legacy/source-id.js';
import { canonicalize } from '../core/text/canonical.js';
import { StateManagerError } from '../errors.js';
import type { SourceFile } from '../ports/source-files.js';
import type { StateRepository } from '../ports/state-repository.js';
import type { BaseState } from './base-state.js';
import { type ImportOptions, type ImportResult, importSource } from './import-source.js';
import { placeOlder } from './place-older.js';
import { type ImportPlan, type PassedOver, planImport } from './plan-import.js';
import { readOlder } from './read-older.js';
import { settleOlder } from './settle-older.js';

export type JsonRequest = ImportOptions & {
  readonly files: readonly SourceFile[];
  /** Files of the folder that were not opened, by their names. */
  readonly ignored: readonly PassedOver[];
  /** The path is a file: it is meant, whatever it is. */
  readonly asked: boolean;
  readonly wish: NetworkWish;
};

/**
 * The JSON files that came before 3.0 (v1, config, enhanced, address-keyed, state, export), as commits, one per network.
 * Every value of a file stands in the network file afterwards, or the result names it. Throws BAD_INPUT when no file can
 * be imported, BAD_USAGE, CHAIN_ID_MISMATCH, STATE_INVALID, CONFIG_INVALID, IMPORT_STRICT, and what writing throws.
 */
export async function importJson(repository: StateRepository, request: JsonRequest): Promise<ImportResult> {
  const kind = 'json';
  const read = readOlder(request.files, { asked: request.asked });
  const ignored = [...request.ignored, ...read.ignored].sort(byFile);
  if (read.older.length === 0) throw nothingToImport([...read.passedOver, ...ignored]);
  const id = idOf(read.older);
  const plan = async (base: BaseState): Promise<ImportPlan> => {
    const placed = await placeOlder(base, read.older, request.wish);
    const passedOver = [...read.passedOver, ...placed.passedOver].sort(byFile);
    if (placed.groups.length === 0 && placed.rejects.length === 0) throw nothingToImport(passedOver);
    return planImport(base, {
      kind,
      id,
      networks: placed.groups.map((group) => ({ chainId: group.chainId, settle: () => settleOlder(base, group) })),
      rejects: placed.rejects,
      ambiguous: placed.ambiguous,
      folded: placed.folded,
      passedOver,
      ignored,
    });
  };
  return importSource(repository, { kind, id, plan }, request);
}

/** What the files say under which name, not their layout. */
function idOf(older: readonly OlderSource[]): string {
  const files = new Map(older.map((one) => [one.file, one]));
  return sourceId(
    [...files.values()].map(({ name, source }) => {
      return { key: Buffer.from(name), value: Buffer.from(canonicalize(source.root)) };
    }),
  );
}

function byFile(a: PassedOver, b: PassedOver): number {
  return compareText(a.file, b.file);
}

function nothingToImport(passedOver: readonly PassedOver[]): StateManagerError {
  const [first, ...rest] = passedOver;
  const more = rest.length === 0 ? '' : `, and ${rest.length} more cannot either`;
  const why =
    first === undefined ? 'There is no file to import.' : `${first.file} cannot be imported: ${first.reason}${more}`;
  const isUnified = first?.reason.includes('import unified') ?? false;
  const isMap = first?.reason.includes('import addresses') ?? false;
  return new StateManagerError('BAD_INPUT', why, {
    hint: isUnified
      ? `stateroot import unified ${first?.file ?? ''}`
      : isMap
        ? `stateroot import addresses ${first?.file ?? ''}`
        : 'stateroot help import lists the formats that can be imported',
    details: { passedOver },
  });
}
