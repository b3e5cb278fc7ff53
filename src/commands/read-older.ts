import { readFoldSource } from '../core/fold/fold-source.js';
import { clutterReason } from '../core/legacy/json/clutter.js';
import { formatOf } from '../core/legacy/json/format-of.js';
import type { OlderFormat, OlderPart } from '../core/legacy/json/older-part.js';
import type { OlderSource } from '../core/legacy/json/older-source.js';
import { readConfigFile } from '../core/legacy/json/read-config.js';
import { readEnhanced } from '../core/legacy/json/read-enhanced.js';
import { readExport } from '../core/legacy/json/read-export.js';
import { readState } from '../core/legacy/json/read-state.js';
import { readV1 } from '../core/legacy/json/read-v1.js';
import { readV2 } from '../core/legacy/json/read-v2.js';
import { type JsonObject, isObject, member } from '../core/json.js';
import type { SourceFile } from '../ports/source-files.js';
import type { PassedOver } from './plan-import.js';

export type OlderFiles = {
  readonly older: readonly OlderSource[];
  readonly passedOver: readonly PassedOver[];
  /** Passed over by what they are: no fault of the source. */
  readonly ignored: readonly PassedOver[];
};

/**
 * Reads the files of a source, each by its shape. A state file is evidence of one deployment: its checkpoint is taken only
 * where the file itself is asked for.
 */
export function readOlder(files: readonly SourceFile[], { asked }: { readonly asked: boolean }): OlderFiles {
  const older: OlderSource[] = [];
  const passedOver: PassedOver[] = [];
  const ignored: PassedOver[] = [];
  for (const file of files) {
    const clutter = clutterReason(file.name);
    if (clutter !== null) {
      ignored.push({ file: file.path, reason: clutter });
      continue;
    }
    const read = readOne(file);
    if ('reason' in read) passedOver.push({ file: file.path, reason: read.reason });
    else if (read[0]?.format === 'state' && !asked) ignored.push({ file: file.path, reason: evidence });
    else older.push(...read);
  }
  return { older, passedOver, ignored };
}

const evidence = 'it is the state of one deployment, not of the network: name the file itself to import its checkpoint';

function readOne(file: SourceFile): readonly OlderSource[] | { readonly reason: string } {
  const read = readFoldSource(file.bytes);
  if (!read.ok) {
    const { rule, line, column, message } = read.refusal;
    return { reason: `${rule} at ${line}:${column}: ${message}` };
  }
  const { root } = read.source;
  const format = formatOf(root);
  if (typeof format !== 'string') return format;
  if (format === 'state' && !isObject(member(root, 'checkpoint'))) {
    return { reason: 'its checkpoint is empty, so it says nothing of any contract' };
  }
  const parts = partsOf(format, root);
  return parts.map((part) => ({ name: file.name, file: file.path, format, source: read.source, part }));
}

function partsOf(format: OlderFormat, root: JsonObject): readonly OlderPart[] {
  switch (format) {
    case 'export':
      return readExport(root);
    case 'v1':
      return [readV1(root)];
    case 'v2':
      return [readV2(root)];
    case 'enhanced':
      return [readEnhanced(root)];
    case 'config':
      return [readConfigFile(root)];
    case 'state':
      return [readState(root)];
  }
}
