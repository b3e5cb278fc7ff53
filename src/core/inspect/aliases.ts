import { compareText } from '../equal.js';
import { isObject, type Json, member } from '../json.js';
import { type PlacedRecord, unionOf } from '../model/placed-record.js';
import { pointer } from '../text/pointer.js';
import { type Complaint, shownValue } from './complaint.js';

type Alias = { readonly text: string; readonly path: string; readonly record: PlacedRecord };

/** `alias-order` within a record, `alias-clash` between the names and aliases of a file (FORMAT §4, §5). */
export function inspectAliases(records: readonly PlacedRecord[]): Complaint[] {
  const sorted = [...records].sort((a, b) => compareText(a.name, b.name));
  return [...sorted.flatMap(inspectOrder), ...inspectClashes(sorted)];
}

function inspectOrder(record: PlacedRecord): Complaint[] {
  const { aliases, path } = aliasesOf(record);
  const own = [record.name, contractNameOf(record)?.text];
  const isAscending = aliases.every(
    (alias, at) => at === 0 || compareText(aliases[at - 1]?.text ?? '', alias.text) < 0,
  );
  const repeated = aliases.find(({ text }) => own.includes(text));
  if (isAscending && repeated === undefined) return [];
  const why =
    repeated === undefined
      ? 'are not ascending, each once'
      : `repeat ${shownValue(repeated.text)}, which is its own name`;
  return [{ rule: 'alias-order', path, contract: record.name, message: `The aliases of ${record.name} ${why}` }];
}

/** The first record with an alias, in the order of names, has it; the others clash. */
function inspectClashes(records: readonly PlacedRecord[]): Complaint[] {
  const owners = new Map(records.map((record): [string, PlacedRecord] => [record.name, record]));
  return records.flatMap((record) => {
    const contractName = contractNameOf(record);
    const claims = [...aliasesOf(record).aliases, ...(contractName === null ? [] : [contractName])];
    return claims.flatMap((alias): Complaint[] => {
      const owner = owners.get(alias.text);
      if (owner === undefined) owners.set(alias.text, record);
      // An alias that repeats the record's own name is alias-order.
      if (owner === undefined || (owner === record && alias !== contractName)) return [];
      // The own alias that repeats source.contractName is alias-order as well.
      if (owner === record && alias.text !== record.name) return [];
      const message = `${alias.text} means ${record.name} and ${owner === record ? 'is its name' : `${owner.name} too`}`;
      return [{ rule: 'alias-clash', path: alias.path, contract: record.name, message }];
    });
  });
}

function aliasesOf(record: PlacedRecord): { aliases: readonly Alias[]; path: string } {
  const found = unionOf(record).get('aliases');
  const path = (found?.at === 'entry' ? record.entryPath : record.extendedPath) + pointer('aliases');
  if (!Array.isArray(found?.value)) return { aliases: [], path };
  const aliases = (found.value as readonly Json[]).flatMap((text, at): Alias[] =>
    typeof text === 'string' ? [{ text, path: path + pointer(at), record }] : [],
  );
  return { aliases, path };
}

function contractNameOf(record: PlacedRecord): Alias | null {
  const found = unionOf(record).get('source');
  const contractName = isObject(found?.value) ? member(found.value, 'contractName') : undefined;
  if (typeof contractName !== 'string') return null;
  const at = found?.at === 'entry' ? record.entryPath : record.extendedPath;
  return { text: contractName, path: at + pointer('source', 'contractName'), record };
}
