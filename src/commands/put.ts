import { networkFilePath } from '../core/layout.js';
import type { JsonObject } from '../core/json.js';
import { shown } from '../core/shown.js';
import { categoryOf } from '../core/model/category.js';
import { sealRecord } from '../core/model/checksum.js';
import { findForWrite, nameForNew } from '../core/model/lookup.js';
import { assertRecordName, categoryNameProblem } from '../core/model/names.js';
import { type NetworkFile, networkFileText, withRecord } from '../core/model/network-file.js';
import { type Assignment, patchRecord } from '../core/model/patch.js';
import type { StateRecord } from '../core/model/record.js';
import { inputClaims, recordFromInput } from '../core/model/view.js';
import { StateManagerError } from '../errors.js';
import type { StateRepository, WriteTarget } from '../ports/state-repository.js';
import type { BaseState } from './base-state.js';
import { openNetwork, resolveSpelling } from './open-network.js';
import { type RecordResult, record } from './record.js';

export type PutRequest = {
  readonly network: string;
  readonly name: string;
  /** The record as JSON (CONTRACT §5, or `proxy`/`implementation`); replaces the one that is there. */
  readonly input?: JsonObject | undefined;
  /** Patches, applied after `input`. */
  readonly set?: readonly Assignment[] | undefined;
  readonly category?: string | undefined;
  readonly chainId?: number | undefined;
};

export type WriteOptions = { readonly target: WriteTarget; readonly dryRun: boolean };

/** Writes one record as one commit; writing what is there already makes none. */
export function put(repository: StateRepository, request: PutRequest, options: WriteOptions): Promise<RecordResult> {
  assertRecordName(request.name);
  if (request.input === undefined && (request.set ?? []).length === 0) {
    throw new StateManagerError('BAD_USAGE', `put ${request.network} ${request.name} says nothing to write.`, {
      hint: 'add --from <file|->, or --set implementation=0x…',
    });
  }
  return record(repository, {
    ...options,
    operation: 'put',
    label: `put ${request.network} ${request.name}`,
    async edit(base) {
      const file = await withPut(base, request);
      return new Map([[networkFilePath(base.root, file.network), networkFileText(file)]]);
    },
  });
}

/** The network file after one put; `open` is the file as earlier puts of the same write left it. */
export async function withPut(base: BaseState, request: PutRequest, open?: NetworkFile): Promise<NetworkFile> {
  const claims = inputClaims(request.input ?? {});
  const file = open ?? (await openNetwork(base, request.network, request.chainId ?? claims.chainId));
  return withRecord(file, sealRecord(await nextRecord(base, file, request)));
}

async function nextRecord(base: BaseState, file: NetworkFile, request: PutRequest): Promise<StateRecord> {
  const existing = findForWrite(file, request.name);
  const name = existing?.name ?? nameForNew(file, request.name).name;
  refuseCategory(request.category);
  const category = request.category ?? existing?.category ?? categoryOf(name, base.config);
  const start = await startingRecord(base, file, request, category);
  const moved = request.category === undefined ? start : { ...start, category };
  return request.set === undefined || request.set.length === 0 ? moved : patchRecord(moved, request.set);
}

async function startingRecord(
  base: BaseState,
  file: NetworkFile,
  request: PutRequest,
  category: string,
): Promise<StateRecord> {
  if (request.input !== undefined) {
    const said = inputClaims(request.input).network;
    const means = said === undefined ? file.network : (await resolveSpelling(base, said)).network;
    const defaults = {
      category,
      categoryGiven: request.category !== undefined,
      isNetwork: () => means === file.network,
    };
    return recordFromInput(file, defaults, request.name, request.input);
  }
  const existing = findForWrite(file, request.name);
  if (existing !== null) return existing;
  const { name, contractName } = nameForNew(file, request.name);
  const fields = contractName === undefined ? {} : { source: { contractName } };
  return { network: file.network, chainId: file.chainId, category, name, fields };
}

export function refuseCategory(category: string | undefined): void {
  const problem = category === undefined ? null : categoryNameProblem(category);
  if (problem === null) return;
  throw new StateManagerError('BAD_INPUT', `${shown(category ?? '')} is no category: ${problem}`, {
    hint: 'use core, protocol, infrastructure, or a name of your own in lower case',
  });
}
