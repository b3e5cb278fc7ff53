import { equalJson } from '../../core/equal.js';
import type { Json } from '../../core/json.js';
import { readStoredValue } from '../../core/legacy/stored-value.js';
import { type Addressed, addressedAs } from './addressed.js';
import type { Database, Operation } from './open-database.js';
import type { PreparedChange } from './prepare-changes.js';
import { severalOf } from './several-of.js';
import type { Stored } from './stored-contract.js';

/**
 * What `changes`, one after the other, come to, and which of them change anything. A put goes under `<chainId>-<Name>`, before
 * which a `<network>:<address>` entry of the same contract no longer counts; a delete takes that one away too.
 * Throws NAME_AMBIGUOUS where several such entries have the name.
 */
export async function planWrites(
  database: Database,
  addressed: readonly Addressed[],
  changes: readonly PreparedChange[],
): Promise<{ readonly operations: readonly Operation[]; readonly changed: readonly boolean[] }> {
  const plan = new Map<string, Operation>();
  const changed: boolean[] = [];
  for (const { scope, contractName, key, value } of changes) {
    const planned = plan.get(hex(key));
    const there = planned === undefined ? await database.get(key) : bytesOf(planned);
    const others = addressedAs(addressed, scope, contractName).filter((each) => !plan.has(hex(bytes(each))));
    if (there === undefined && others.length > 1) throw severalOf(contractName, others);
    const operations = value === null ? deletes(key, there, others) : puts(key, there, value);
    for (const operation of operations) plan.set(hex(operation.key), operation);
    changed.push(operations.length > 0);
  }
  return { operations: [...plan.values()], changed };
}

function bytesOf(operation: Operation): Uint8Array | undefined {
  return operation.type === 'put' ? operation.value : undefined;
}

function deletes(key: Uint8Array, there: Uint8Array | undefined, others: readonly Stored[]): Operation[] {
  const keys = [...(there === undefined ? [] : [key]), ...others.map(bytes)];
  return keys.map((each) => ({ type: 'del', key: each }));
}

/** As `put` with `valueEncoding: 'json'` wrote it. What is there and cannot be read is equal to nothing, and is replaced. */
function puts(key: Uint8Array, there: Uint8Array | undefined, value: Json): Operation[] {
  const read = there === undefined ? null : readStoredValue(there);
  if (read !== null && !('reason' in read) && equalJson(read.value, value)) return [];
  return [{ type: 'put', key, value: Buffer.from(JSON.stringify(value), 'utf8') }];
}

function bytes({ key }: Stored): Uint8Array {
  return Buffer.from(key, 'utf8');
}

function hex(key: Uint8Array): string {
  return Buffer.from(key).toString('hex');
}
