import type { Json } from '../json.js';
import { equalJson } from '../equal.js';
import { pointer } from '../text/pointer.js';
import { type FoldLog, noteDoubt } from './fold-log.js';
import { type FoldRecord, setContractName, setSourceMember, sourceMember } from './fold-record.js';
import type { FoldPlace } from './identity.js';

/** Reserved names but the two addresses (FORMAT §10.5): they say the place of the record again, or what the source calls it. */
export function foldViewNames(record: FoldRecord, place: FoldPlace, log: FoldLog): void {
  for (const { field, value, path } of record.views) {
    if (field === 'contractName' || field === 'name') foldName(record, 'contractName', record.name, value, path, log);
    else if (field === 'networkName') foldName(record, 'networkName', place.network, value, path, log);
    else if (field === 'network') foldStated([place.network, place.said.network], value, path, log);
    else if (field === 'chainId') foldStated([place.chainId, place.said.chainId], value, path, log);
    else if (field === 'category') foldStated([record.placed.category], value, path, log);
  }
}

/** `accepted`: what stands first. */
function foldStated(accepted: readonly (Json | undefined)[], value: Json, path: string, log: FoldLog): void {
  const isSame = accepted.some((one) => one !== undefined && equalJson(one, value));
  if (isSame) log.folded.push({ rule: 'field-reserved', path });
  else noteDoubt(log, 'field-reserved', path, accepted[0] ?? null);
}

function foldName(
  record: FoldRecord,
  name: 'contractName' | 'networkName',
  own: string,
  value: Json,
  path: string,
  log: FoldLog,
): void {
  if (value === own) {
    log.folded.push({ rule: 'field-reserved', path });
    return;
  }
  const there = sourceMember(record, name);
  if (typeof value !== 'string' || (there !== undefined && there !== value)) {
    noteDoubt(log, 'field-reserved', path, there ?? own);
    return;
  }
  if (there === undefined) {
    if (name === 'contractName') setContractName(record, value, path);
    else setSourceMember(record, name, value, path);
  }
  log.folded.push({ rule: 'field-reserved', path, to: record.placed.extendedPath + pointer('source', name) });
}
