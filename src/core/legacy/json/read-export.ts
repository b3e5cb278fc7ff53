import { type Json, type JsonObject, member } from '../../json.js';
import { pointer } from '../../text/pointer.js';
import { shown } from '../../shown.js';
import { parseKey } from '../parse-key.js';
import { chainIdOf, emptyMembers, isSection, membersOf, type OlderPart, type OlderRecord } from './older-part.js';
import { readContractInfo } from './read-v2.js';
import { isRecord, readRecord } from './read-record.js';

/**
 * What `exportAll` of the managers writes, one part per chain: `contracts` under the keys of the database, with a header
 * that is about the export and not about a network.
 */
export function readExport(root: JsonObject): OlderPart[] {
  const header = membersOf(root, '').filter(({ key, value }) => key !== 'contracts' || !isSection(value));
  const parts = new Map<string, OlderPart>();
  for (const entry of membersOf(member(root, 'contracts'), pointer('contracts'))) {
    const read = readEntry(entry);
    const key = `${read.chainId ?? ''} ${read.chainId === null ? (read.spelling ?? '') : ''}`;
    const part = parts.get(key) ?? { ...empty, chainId: read.chainId, spelling: read.spelling };
    const more = isRecord(read.record)
      ? { records: [...part.records, read.record] }
      : { rejects: [...part.rejects, read.record] };
    parts.set(key, { ...part, spelling: part.spelling ?? read.spelling, ...more });
  }
  const dropped = [
    ...header.map(({ value, from }) => ({ rule: 'export-header', path: from, value })),
    ...emptyMembers(root, '', (key) => key === 'contracts'),
  ];
  const [first = empty, ...others] = parts.values();
  return [{ ...first, dropped }, ...others];
}

const empty: OlderPart = {
  chainId: null,
  spelling: null,
  said: [],
  records: [],
  sections: [],
  dropped: [],
  rejects: [],
};

type Entry = {
  readonly chainId: number | null;
  readonly spelling: string | null;
  readonly record: OlderRecord | { readonly reason: string; readonly from: string };
};

function readEntry(entry: { readonly key: string; readonly value: Json; readonly from: string }): Entry {
  const { key, value, from } = entry;
  const parsed = parseKey(key);
  const said = isSection(value) ? chainIdOf(member(value, 'chainId')) : null;
  const named = isSection(value) ? member(value, 'networkName') : undefined;
  const spelling = typeof named === 'string' && named !== '' ? named : null;
  if ('reason' in parsed) return { chainId: parsed.chainId ?? said, spelling, record: { reason: parsed.reason, from } };
  if (parsed.form === 'network') {
    const record = readContractInfo({ key: parsed.address, value, from });
    return { chainId: said, spelling: parsed.network, record };
  }
  const { chainId, contractName } = parsed;
  const wrong = contradiction(value, chainId, contractName);
  const record = wrong === null ? readRecord({ name: contractName, value, from }, null) : { reason: wrong, from };
  return { chainId, spelling, record };
}

/** Key and value must not contradict each other: neither is believed then. */
function contradiction(value: Json, chainId: number, contractName: string): string | null {
  const [saidChain, saidName] = isSection(value) ? [member(value, 'chainId'), member(value, 'contractName')] : [];
  if (saidChain !== undefined && saidChain !== null && saidChain !== chainId) {
    return `chainId is ${shown(JSON.stringify(saidChain))}, but the key says ${chainId}`;
  }
  if (saidName === undefined || saidName === null || saidName === contractName) return null;
  return `contractName is ${shown(JSON.stringify(saidName))}, but the key says ${shown(contractName)}`;
}
