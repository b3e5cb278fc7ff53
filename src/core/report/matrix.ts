import { compareText } from '../equal.js';
import { grouped } from '../grouped.js';
import { recordMissing } from '../consistency/rules/record-missing.js';
import type { CheckedNetwork } from '../consistency/state/checked-network.js';
import type { CheckedRecord } from '../consistency/state/checked-record.js';
import type { CheckedState } from '../consistency/state/checked-state.js';

/** Every contract on every network: which code runs where, and what is not there although it should be. */
export type Matrix = {
  /** The columns: mainnets first, then testnets, then the rest; by name. */
  readonly networks: readonly CheckedNetwork[];
  /** By category (core, protocol, infrastructure, then the others), then by name. */
  readonly rows: readonly MatrixRow[];
};

export type MatrixRow = {
  readonly name: string;
  /** The commonest one, where networks differ. */
  readonly category: string;
  /** The commonest code first. */
  readonly versions: readonly MatrixVersion[];
  /** One for each network, in their order. */
  readonly cells: readonly MatrixCell[];
};

/** One code of a contract. */
export type MatrixVersion = {
  /** A, B, C by frequency; after Z comes AA. */
  readonly letter: string;
  /** `implementationHash`, lower-case. */
  readonly hash: string;
  readonly networks: number;
  /** Another code than the commonest one of the same hash scheme; under another scheme hashes say nothing (FORMAT §4). */
  readonly differs: boolean;
};

export type MatrixCell =
  | { readonly status: 'recorded'; readonly record: CheckedRecord; readonly version: MatrixVersion | null }
  /** The set of the network's tier demands it (rule `record/missing`). */
  | { readonly status: 'missing' }
  | { readonly status: 'absent' };

export function matrixOf(state: CheckedState): Matrix {
  const networks = [...state.networks].sort((a, b) => compareNetworks(a, b, state));
  const missing = new Set(
    recordMissing.find(state).map(({ place, contract = '' }) => cellKey(place.network, contract)),
  );
  const records = networks.map((network) => new Map(network.records.map((record) => [record.name, record])));
  const uses = grouped(
    networks.flatMap((network) => network.records),
    ({ name }) => name,
  );
  const rows = [...uses].map(([name, found]): MatrixRow => {
    const versions = versionsOf(found);
    const byCode = new Map(versions.map((version) => [version.code, version]));
    return {
      name,
      category: commonest(found.map(({ category }) => category)),
      versions,
      cells: networks.map((network, column): MatrixCell => {
        const record = records[column]?.get(name);
        if (record !== undefined) return { status: 'recorded', record, version: byCode.get(codeKey(record)) ?? null };
        return { status: missing.has(cellKey(network.name, name)) ? 'missing' : 'absent' };
      }),
    };
  });
  return { networks, rows: rows.sort(compareRows) };
}

/** Do the networks run more than one code of it, as far as hashes can be compared? */
export function drifts({ versions }: Pick<MatrixRow, 'versions'>): boolean {
  return versions.some(({ differs }) => differs);
}

export function countCells({ rows }: Matrix, status: MatrixCell['status']): number {
  return rows.reduce((sum, { cells }) => sum + cells.filter((cell) => cell.status === status).length, 0);
}

function versionsOf(records: readonly CheckedRecord[]): (MatrixVersion & { readonly code: string })[] {
  const hashed = records.filter(({ hash }) => hash !== null);
  const byFrequency = [...grouped(hashed, codeKey)].sort(([a, m], [b, n]) => n.length - m.length || compareText(a, b));
  const schemes = new Set<string | null>();
  return byFrequency.map(([code, running], at) => {
    const { hash, scheme } = running[0] ?? { hash: null, scheme: null };
    const differs = schemes.has(scheme);
    schemes.add(scheme);
    return { code, letter: letters(at), hash: hash ?? '', networks: running.length, differs };
  });
}

function codeKey({ hash, scheme }: CheckedRecord): string {
  return JSON.stringify([hash, scheme]);
}

function cellKey(network: string, contract: string): string {
  return JSON.stringify([network, contract]);
}

function letters(at: number): string {
  const last = String.fromCharCode(65 + (at % 26));
  return at < 26 ? last : letters(Math.floor(at / 26) - 1) + last;
}

function commonest(values: readonly string[]): string {
  const [first] = [...grouped(values, (value) => value)].sort(
    ([a, m], [b, n]) => n.length - m.length || compareText(a, b),
  );
  return first?.[0] ?? '';
}

const tiers = ['mainnet', 'testnet', 'dev'];

function compareNetworks(a: CheckedNetwork, b: CheckedNetwork, state: CheckedState): number {
  const rank = (network: CheckedNetwork): number => rankIn(tiers, state.tierOf(network) ?? '');
  return rank(a) - rank(b) || compareText(a.name, b.name);
}

const categories = ['core', 'protocol', 'infrastructure'];

function compareRows(a: MatrixRow, b: MatrixRow): number {
  return (
    rankIn(categories, a.category) - rankIn(categories, b.category) ||
    compareText(a.category, b.category) ||
    compareText(a.name, b.name)
  );
}

function rankIn(order: readonly string[], value: string): number {
  const at = order.indexOf(value);
  return at === -1 ? order.length : at;
}
