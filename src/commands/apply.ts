import { isObject, type Json, type JsonObject, member } from '../core/json.js';
import { networkFilePath } from '../core/layout.js';
import { shown } from '../core/shown.js';
import { type NetworkFile, networkFileText } from '../core/model/network-file.js';
import { inputClaims } from '../core/model/view.js';
import { StateManagerError } from '../errors.js';
import type { StateRepository } from '../ports/state-repository.js';
import type { BaseState } from './base-state.js';
import { type DeleteRequest, withDelete } from './delete.js';
import { resolveSpelling } from './open-network.js';
import { type PutRequest, type WriteOptions, withPut } from './put.js';
import { type Edits, type RecordResult, record } from './record.js';

export type Batch = { readonly put: readonly PutRequest[]; readonly delete: readonly DeleteRequest[] };

/** Many puts and deletes in one commit, all or nothing. */
export function apply(repository: StateRepository, batch: Batch, options: WriteOptions): Promise<RecordResult> {
  const steps = batch.put.length + batch.delete.length;
  return record(repository, {
    ...options,
    operation: 'apply',
    label: `apply ${steps} ${steps === 1 ? 'record' : 'records'}`,
    edit: (base) => applyBatch(base, batch),
  });
}

/**
 * What `apply` reads: `{"put": [record, …], "delete": [{"network", "contractName"}, …]}`, or a list of records as `data` of
 * `list --json` is. Throws BAD_INPUT naming the item.
 */
export function parseBatch(input: Json): Batch {
  if (Array.isArray(input)) return { put: items(input, '').map((item, i) => putOf(item, `/${i}`)), delete: [] };
  if (!isObject(input)) throw badInput('', 'a list of records, or {"put": […], "delete": […]}');
  const unknown = Object.keys(input).find((key) => key !== 'put' && key !== 'delete');
  if (unknown !== undefined) throw badInput(`/${unknown}`, 'only "put" and "delete"');
  return {
    put: items(member(input, 'put') ?? [], '/put').map((item, i) => putOf(item, `/put/${i}`)),
    delete: items(member(input, 'delete') ?? [], '/delete').map((item, i) => place(item, `/delete/${i}`)),
  };
}

async function applyBatch(base: BaseState, batch: Batch): Promise<Edits> {
  await refuseRepeated(base, batch.put);
  const open = new Map<string, NetworkFile>();
  const keep = (file: NetworkFile) => open.set(file.network, file);
  const current = async (spelling: string) => open.get((await resolveSpelling(base, spelling)).network);
  for (const request of batch.delete) keep(await withDelete(base, request, await current(request.network)));
  for (const request of batch.put) keep(await withPut(base, request, await current(request.network)));
  return new Map([...open.values()].map((file) => [networkFilePath(base.root, file.network), networkFileText(file)]));
}

/** Two puts of one record: the order of a list would decide which is true. */
async function refuseRepeated(base: BaseState, puts: readonly PutRequest[]): Promise<void> {
  const seen = new Set<string>();
  for (const request of puts) {
    const key = `${(await resolveSpelling(base, request.network)).network}/${request.name}`;
    if (seen.has(key)) {
      throw new StateManagerError('BAD_INPUT', `The input puts ${shown(key)} twice.`, { hint: 'keep one of the two' });
    }
    seen.add(key);
  }
}

function items(value: Json, path: string): readonly JsonObject[] {
  if (!Array.isArray(value)) throw badInput(path, 'a list');
  return (value as readonly Json[]).map((item, i) => {
    if (!isObject(item)) throw badInput(`${path}/${i}`, 'an object');
    return item;
  });
}

function putOf(input: JsonObject, path: string): PutRequest {
  return { ...place(input, path), input, chainId: inputClaims(input).chainId };
}

function place(input: JsonObject, path: string): DeleteRequest {
  const { network, contractName } = inputClaims(input);
  if (network === undefined) throw badInput(path, 'a "network"');
  if (contractName === undefined) throw badInput(path, 'a "contractName"');
  return { network, name: contractName };
}

function badInput(path: string, expected: string): StateManagerError {
  return new StateManagerError('BAD_INPUT', `The input needs ${expected} at ${path === '' ? 'its root' : path}.`, {
    hint: 'stateroot help apply',
    details: { path },
  });
}
