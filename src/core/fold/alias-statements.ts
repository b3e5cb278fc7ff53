import { isObject, member } from '../json.js';
import { recordNameProblem } from '../model/names.js';
import { extendedPrefix, type PlacedRecord } from '../model/placed-record.js';
import { pointer } from '../text/pointer.js';
import { type FoldLog, noteDoubt, setAside } from './fold-log.js';
import { callsOf, contractNameOf, type FoldRecord } from './fold-record.js';

/** `contracts.legacy.X = {currentName}` as an alias of the record it names, else quarantine (FORMAT §10.9). */
export function foldAliasStatements(
  statements: readonly PlacedRecord[],
  records: readonly FoldRecord[],
  log: FoldLog,
): void {
  const owners = new Map(records.flatMap((record) => callsOf(record).map((call) => [call, record] as const)));
  for (const record of records) owners.set(record.name, record);
  let open = statements;
  // A statement may name what another one says: until none of them finds a record any more.
  for (;;) {
    const left = open.filter((statement) => !foldStatement(statement, owners, log));
    if (left.length === open.length) break;
    open = left;
  }
  for (const { entryPath } of open) setAside(log, entryPath, 'legacy-alias');
}

function foldStatement(
  { name: alias, entry, entryPath: path }: PlacedRecord,
  owners: Map<string, FoldRecord>,
  log: FoldLog,
): boolean {
  const meant = member(entry ?? {}, 'currentName');
  const record = typeof meant === 'string' ? owners.get(meant) : undefined;
  const owner = owners.get(alias);
  if (record === undefined || recordNameProblem(alias) !== null || (owner !== undefined && owner !== record)) {
    return false;
  }
  const extended = extendedPrefix + record.name;
  const isKnown = owner === record;
  if (!isKnown) {
    record.aliases.set(alias, path);
    owners.set(alias, record);
  }
  if (!saysNoMore(record, entry)) noteDoubt(log, 'legacy-alias', path, pointer(extended, 'aliases'));
  else if (alias === record.name) log.folded.push({ rule: 'legacy-alias', path });
  else if (alias === contractNameOf(record)) {
    log.folded.push({ rule: 'legacy-alias', path, to: pointer(extended, 'source', 'contractName') });
  } else log.folded.push({ rule: 'legacy-alias', path, to: pointer(extended, 'aliases') });
  return true;
}

/** Besides the two names: only the category that the record has anyway. */
function saysNoMore(record: FoldRecord, entry: PlacedRecord['entry']): boolean {
  return Object.entries(isObject(entry) ? entry : {}).every(
    ([key, value]) =>
      key === 'currentName' || (key === 'currentCategory' && (value === record.placed.category || value === null)),
  );
}
