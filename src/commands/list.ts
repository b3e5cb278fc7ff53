import type { Finding } from '../core/finding.js';
import type { JsonObject } from '../core/json.js';
import { type NetworkFile, recordsOf } from '../core/model/network-file.js';
import type { StateRecord } from '../core/model/record.js';
import { recordView } from '../core/model/view.js';
import type { StateRepository } from '../ports/state-repository.js';
import { networkAt, placeOf, snapshotAt } from './read-snapshot.js';
import { refusalFinding } from './refusal-finding.js';
import { type Condition, meets, parseCondition } from './where.js';

export type ListOptions = {
  readonly network?: string | undefined;
  /** `path=value`, all must hold. */
  readonly where?: readonly string[] | undefined;
  readonly at?: string | undefined;
};

export type Listed = {
  /** Every network asked for, by name, with the records that meet the conditions, by name. */
  readonly networks: readonly { readonly file: NetworkFile; readonly records: readonly StateRecord[] }[];
  /** A file that cannot be read hides its records: an error. */
  readonly findings: readonly Finding[];
};

/** Throws BAD_USAGE, UNKNOWN_REVISION; with `network` also NOT_FOUND, NETWORK_NAME_INVALID and STATE_INVALID. */
export async function listRecords(repository: StateRepository, options: ListOptions): Promise<Listed> {
  const conditions = (options.where ?? []).map(parseCondition);
  const place = await placeOf(repository, options.at);
  if (options.network !== undefined) {
    const file = await networkAt(repository, place, options.network);
    return { networks: [meeting(file, conditions)], findings: [] };
  }
  const snapshot = await snapshotAt(repository, place);
  return {
    networks: [...snapshot.networks].sort(byName).map(([, file]) => meeting(file, conditions)),
    findings: snapshot.refused.map(({ path, refusal }) => refusalFinding(path, refusal)),
  };
}

/** The records as CONTRACT §5 shows them, by network, then name. */
export function listedViews({ networks }: Listed): JsonObject[] {
  return networks.flatMap(({ records }) => records.map(recordView));
}

function meeting(file: NetworkFile, conditions: readonly Condition[]): Listed['networks'][number] {
  const records = recordsOf(file).filter((record) => {
    const view = recordView(record);
    return conditions.every((condition) => meets(view, condition));
  });
  return { file, records };
}

function byName([a]: readonly [string, NetworkFile], [b]: readonly [string, NetworkFile]): number {
  return a < b ? -1 : 1;
}
