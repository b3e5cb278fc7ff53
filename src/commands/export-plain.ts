import { recordsOf } from '../core/model/network-file.js';
import { plainText } from '../core/plain/plain-file.js';
import { plainOfNetwork } from '../core/plain/plain-of-network.js';
import type { FolderWriter } from '../ports/folder-writer.js';
import type { StateRepository } from '../ports/state-repository.js';
import { readExported } from './read-exported.js';

export type PlainExportRequest = {
  /** A folder that does not exist yet. */
  readonly out: string;
  /** Any revision; null reads the work tree. */
  readonly at: string | null;
  readonly form: 'v1' | 'v2';
};

export type PlainExportData = { readonly out: string; readonly networks: number; readonly records: number };

/**
 * Every network as a plain file `<network>.json` that old deploy scripts read, all or none. Throws OUTPUT_EXISTS,
 * STATE_INVALID, RECORD_INVALID, RECORD_NAME_INVALID, and ADDRESS_AMBIGUOUS for two records of one address as v2.
 */
export async function exportPlain(
  repository: StateRepository,
  writer: FolderWriter,
  { out, at, form }: PlainExportRequest,
): Promise<PlainExportData> {
  const { snapshot } = await readExported(repository, at);
  const networks = [...snapshot.networks];
  const files = new Map(networks.map(([name, file]) => [`${name}.json`, plainText(plainOfNetwork(file, form))]));
  await writer.write(out, files);
  return { out, networks: files.size, records: networks.flatMap(([, file]) => recordsOf(file)).length };
}
