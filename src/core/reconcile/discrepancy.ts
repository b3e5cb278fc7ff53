import { fieldOf } from '../compare/compare-record.js';
import type { NetworkComparison } from '../compare/compare-network.js';
import type { SourceContract } from '../compare/source-contracts.js';
import type { Difference } from '../diff/differences.js';
import { networkFilePathOf } from '../layout.js';
import type { Conflict } from '../merge/conflict.js';
import type { ConflictGroup } from '../merge/conflict-groups.js';
import { knownFields } from '../model/fields.js';
import type { StateRecord } from '../model/record.js';

/** What a LevelDB and Git do not agree on, as far as it is decided together. */
export type Discrepancy = {
  readonly network: string;
  readonly chainId: number;
  /** The record's name; of what only the LevelDB has, the name there. */
  readonly contractName: string;
  readonly kind: 'differs' | 'only-leveldb' | 'only-git';
  /** Of `differs`: the fields of the contract that move as one. */
  readonly fields: readonly string[];
  /** `before` is the LevelDB's value, `after` Git's. */
  readonly differences: readonly Difference[];
  readonly source: SourceContract | null;
  readonly record: StateRecord | null;
};

/** Which of the two is right. */
export type Side = 'leveldb' | 'git';

/** Addresses, code, hashes, arguments and time of a contract: one upgrade writes them together (FORMAT §4.6). */
export const codeFields: readonly string[] = [
  'proxyAddress',
  'address',
  ...[...knownFields]
    .filter(([field, { mergeClass }]) => mergeClass === 'code' && field !== 'implementation')
    .map(([field]) => field),
];

/** In the order of the comparison; the code of a contract comes before its other fields. */
export function discrepanciesOf(comparisons: readonly NetworkComparison[]): Discrepancy[] {
  return comparisons.flatMap(({ network, chainId, mismatches, missing, extra }) => {
    if (network === null || chainId === null) return [];
    const place = { network, chainId };
    return [
      ...mismatches.flatMap(({ source, record, differences }) =>
        unitsOf(differences).map((unit): Discrepancy => {
          return { ...place, ...unit, contractName: record.name, kind: 'differs', source, record };
        }),
      ),
      ...missing.flatMap(({ source }): Discrepancy[] => {
        if (source === null) return [];
        const { contractName } = source.contract;
        return [{ ...place, contractName, kind: 'only-leveldb', fields: [], differences: [], source, record: null }];
      }),
      ...extra.map((record): Discrepancy => {
        return {
          ...place,
          contractName: record.name,
          kind: 'only-git',
          fields: [],
          differences: [],
          source: null,
          record,
        };
      }),
    ];
  });
}

/** How a discrepancy is typed, as exactly as it can be: `bsctestnet/FeeManager/timestamp`. */
export function discrepancyPlace({ network, contractName, kind, fields }: Discrepancy): string {
  const record = `${network}/${contractName}`;
  return kind === 'differs' ? `${record}/${fields[0] ?? ''}` : record;
}

export function isCode({ fields }: Pick<Discrepancy, 'fields'>): boolean {
  return fields.some((field) => codeFields.includes(field));
}

/** The same as a conflict that one decision settles: ours is Git, theirs the LevelDB. */
export function conflictGroupOf(discrepancy: Discrepancy): ConflictGroup {
  const { network, contractName: contract, kind, fields, differences } = discrepancy;
  const whole: Conflict = { network, contract, path: '', reason: kind };
  const ofFields = fields.map((path): Conflict => {
    // Values below a field are shown by the discrepancy; here only the field is named.
    const own = differences.find((one) => one.path === `/${path}`);
    return {
      network,
      contract,
      path,
      ...(own?.after === undefined ? {} : { ours: own.after }),
      ...(own?.before === undefined ? {} : { theirs: own.before }),
    };
  });
  return {
    network,
    contract,
    kind: kind === 'differs' ? (isCode(discrepancy) ? 'code' : 'field') : 'record',
    conflicts: kind === 'differs' ? ofFields : [whole],
    standing: undefined,
  };
}

/** The file a discrepancy is about, for whoever names conflicts by files. */
export function discrepancyFile({ network }: Discrepancy, root: string): string {
  return networkFilePathOf(root, network);
}

function unitsOf(
  differences: readonly Difference[],
): { readonly fields: readonly string[]; readonly differences: readonly Difference[] }[] {
  const units = new Map<string, { fields: Set<string>; differences: Difference[] }>();
  for (const difference of differences) {
    const field = fieldOf(difference);
    const key = codeFields.includes(field) ? '' : field;
    const unit = units.get(key) ?? { fields: new Set<string>(), differences: [] };
    unit.fields.add(field);
    unit.differences.push(difference);
    units.set(key, unit);
  }
  const inOrder = [...units].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, unit]) => unit);
  return inOrder.map((unit) => ({ fields: [...unit.fields], differences: unit.differences }));
}
