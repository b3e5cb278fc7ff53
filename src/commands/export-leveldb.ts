import { networkOfPath, quarantineFolder } from '../core/layout.js';
import type { LegacyEntry } from '../core/legacy/entry.js';
import { keyBytes } from '../core/legacy/key-text.js';
import { fallbackKey, quarantinedEntries, toEntry } from '../core/legacy/to-entries.js';
import { recordsOf } from '../core/model/network-file.js';
import type { StateRecord } from '../core/model/record.js';
import { readQuarantine } from '../core/quarantine.js';
import { StateManagerError } from '../errors.js';
import type { LegacyStore } from '../ports/legacy-store.js';
import type { StateFile, StateRepository } from '../ports/state-repository.js';
import { readExported } from './read-exported.js';

export type ExportRequest = {
  /** A folder that does not exist yet. */
  readonly out: string;
  /** Any revision; null reads the work tree. */
  readonly at: string | null;
  readonly withQuarantine: boolean;
};

export type ExportData = { readonly out: string; readonly records: number; readonly quarantined: number };

/**
 * Every record as a LevelDB that old deploy scripts read. Throws OUTPUT_EXISTS, STATE_INVALID.
 */
export async function exportLevelDb(
  repository: StateRepository,
  store: Pick<LegacyStore, 'write'>,
  request: ExportRequest,
): Promise<ExportData> {
  const { files, snapshot } = await readExported(repository, request.at);
  const records = recordEntries([...snapshot.networks.values()].flatMap(recordsOf));
  const kept = request.withQuarantine ? readQuarantined(files, repository.root) : [];
  const quarantined = kept.filter(({ key }) => !records.has(keyId(key)));
  const entries = new Map([...quarantined.map((entry) => [keyId(entry.key), entry] as const), ...records]);
  await store.write(request.out, entries.values());
  return { out: request.out, records: records.size, quarantined: entries.size - records.size };
}

function readQuarantined(files: readonly StateFile[], root: string): LegacyEntry[] {
  const folder = `${quarantineFolder(root)}/`;
  const items: LegacyEntry[] = [];
  for (const { path, bytes } of files) {
    if (networkOfPath(path) !== null || !path.startsWith(folder)) continue;
    const read = readQuarantine(bytes);
    if (!read.ok) {
      throw new StateManagerError('STATE_INVALID', `${path} cannot be read: ${read.refusal.message}`, {
        hint: `stateroot validate ${path}`,
        details: { path },
      });
    }
    items.push(...quarantinedEntries(read.root));
  }
  return items;
}

/** A key stands once: of two records with one key the first keeps it, the other is told apart by network and address. */
function recordEntries(records: readonly StateRecord[]): Map<string, LegacyEntry> {
  const entries = new Map<string, LegacyEntry>();
  for (const record of records) {
    const { key: own, value } = toEntry(record);
    const key = keyBytes(entries.has(keyId(keyBytes(own))) ? fallbackKey(record) : own);
    entries.set(keyId(key), { key, value: Buffer.from(value) });
  }
  return entries;
}

/** Bytes as something a map can compare. */
function keyId(key: Uint8Array): string {
  return Buffer.from(key).toString('latin1');
}
