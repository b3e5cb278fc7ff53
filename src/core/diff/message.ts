import type { Json } from '../json.js';
import { escaped } from '../shown.js';
import type { ContractChange, FieldChange, NetworkChange } from './change.js';
import { subjectLine } from './subject.js';

export type WriteDescription = {
  /** The command that writes: put, delete, apply, rollback, import. */
  readonly operation: string;
  readonly changes: readonly NetworkChange[];
  /** Full oids of the commits a rollback undoes. */
  readonly reverts?: readonly string[];
  /** Where an import comes from, kind first: `leveldb 9c41e7`. */
  readonly source?: string;
  /** Default `state`. */
  readonly prefix?: string;
  /** Further ones, key and value, after all others. */
  readonly trailers?: readonly (readonly [string, string])[];
};

export type ParsedMessage = {
  readonly operation?: string;
  readonly networks: readonly string[];
  readonly contracts: readonly string[];
  readonly reverts: readonly string[];
  readonly source?: string;
};

const bodyLimit = 400;
const valueLimit = 300;

/**
 * The commit message of a write (CONTRACT §3): subject, field changes, trailers. Everything from files and sources is
 * escaped to one line of ASCII, so that no value can add a line of its own.
 */
export function commitMessage(write: WriteDescription): string {
  const subject = subjectLine({ ...write, prefix: write.prefix ?? 'state' });
  const body = cutBody(write.changes.flatMap(networkLines));
  const paragraphs = [subject, ...(body.length === 0 ? [] : [body.join('\n')]), trailers(write).join('\n')];
  return `${paragraphs.join('\n\n')}\n`;
}

/** What the trailers of a message claim; hints for people, the trees decide (CONTRACT §3). */
export function parseMessage(message: string): ParsedMessage {
  const found = parseTrailers(message);
  const all = (key: string) => found.filter((item) => item.key === key).map((item) => item.value);
  const [operation] = all('state-operation');
  const [source] = all('state-source');
  return {
    ...(operation === undefined ? {} : { operation }),
    networks: all('state-network'),
    contracts: all('state-contract'),
    reverts: all('state-reverts'),
    ...(source === undefined ? {} : { source }),
  };
}

/** Every trailer, in order; keys in lower case. */
export function parseTrailers(message: string): { readonly key: string; readonly value: string }[] {
  const lines = message
    .replaceAll('\r\n', '\n')
    .replace(/(?<!\n)\n+$/, '')
    .split('\n');
  const last = lines.slice(lines.lastIndexOf('') + 1);
  const isBlock = lines.length > last.length && last.every((line) => trailer.test(line) || /^\s+\S/.test(line));
  return isBlock ? last.flatMap((line) => matchTrailer(line)) : [];
}

const trailer = /^([A-Za-z0-9-]+):(?: (.*))?$/;

function matchTrailer(line: string): { key: string; value: string }[] {
  const match = trailer.exec(line);
  return match === null ? [] : [{ key: (match[1] ?? '').toLowerCase(), value: match[2] ?? '' }];
}

function trailers(write: WriteDescription): string[] {
  const contracts = write.changes.flatMap((change) => change.contracts.map((contract) => contract.name));
  return [
    `State-Operation: ${escaped(write.operation)}`,
    ...write.changes.map((change) => `State-Network: ${escaped(change.network)}`),
    ...[...new Set(contracts)].map((name) => `State-Contract: ${escaped(name)}`),
    ...(write.reverts ?? []).map((oid) => `State-Reverts: ${escaped(oid)}`),
    ...(write.source === undefined ? [] : [`State-Source: ${escaped(write.source)}`]),
    ...(write.trailers ?? []).map(([key, value]) => `${key}: ${escaped(value)}`),
  ];
}

/** Indented throughout, so that no paragraph of the body can be read as trailers. */
function networkLines(change: NetworkChange): string[] {
  return [
    ...change.contracts.flatMap((contract) => contractLines(change.network, contract)),
    ...(change.sections.length === 0 ? [] : [`  ${escaped(change.network)}: sections`]),
    ...change.sections.flatMap(fieldLines),
  ];
}

function contractLines(network: string, contract: ContractChange): string[] {
  const head = `  ${escaped(network)} / ${escaped(contract.name)}: ${contract.kind}`;
  return [head, ...contract.fields.flatMap(fieldLines)];
}

/** Before and after stacked, so that the eye compares columns (UX, principle 3). */
function fieldLines({ path, before, after }: FieldChange): string[] {
  const label = `    ${escaped(path)}: `;
  if (before === undefined) return [`${label}${after === undefined ? '' : valueText(after)}`];
  const old = `${label}${valueText(before)}`;
  return [old, `${'-> '.padStart(label.length)}${after === undefined ? 'removed' : valueText(after)}`];
}

function valueText(value: Json): string {
  const text = typeof value === 'string' ? escaped(value) : asciiJson(value);
  return text.length <= valueLimit ? text : `${text.slice(0, valueLimit)}...`;
}

function asciiJson(value: Json): string {
  return JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function cutBody(lines: readonly string[]): string[] {
  if (lines.length <= bodyLimit) return [...lines];
  return [...lines.slice(0, bodyLimit), `  and ${lines.length - bodyLimit} more lines: stateroot diff shows them`];
}
