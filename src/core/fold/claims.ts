import { compareText } from '../equal.js';
import { type FoldLog, noteDoubt } from './fold-log.js';
import { contractNameOf, dropContractName, type FoldRecord } from './fold-record.js';

/**
 * Aliases and contract names that meet another record's name, or one that is claimed already, give way; in the order in
 * which `alias-clash` is judged (FORMAT §5). A record's own names are no aliases of it.
 */
export function settleClaims(records: readonly FoldRecord[], log: FoldLog): void {
  const owners = new Map(records.map((record): [string, FoldRecord] => [record.name, record]));
  for (const record of [...records].sort((a, b) => compareText(a.name, b.name))) {
    dropOwnNames(record, log);
    for (const [alias, path] of [...record.aliases]) {
      const owner = owners.get(alias);
      if (owner === undefined) owners.set(alias, record);
      else {
        record.aliases.delete(alias);
        noteDoubt(log, 'alias-clash', path, owner.name);
      }
    }
    const contractName = contractNameOf(record);
    if (contractName === undefined) continue;
    const owner = owners.get(contractName);
    if (owner === undefined) owners.set(contractName, record);
    else {
      dropContractName(record);
      noteDoubt(log, 'alias-clash', record.contractNamePath, owner.name);
    }
  }
}

function dropOwnNames(record: FoldRecord, log: FoldLog): void {
  if (contractNameOf(record) === record.name) {
    dropContractName(record);
    log.folded.push({ rule: 'alias-clash', path: record.contractNamePath });
  }
  for (const own of [record.name, contractNameOf(record)]) {
    const path = own === undefined ? undefined : record.aliases.get(own);
    if (own === undefined || path === undefined) continue;
    record.aliases.delete(own);
    log.folded.push({ rule: 'alias-order', path });
  }
}
