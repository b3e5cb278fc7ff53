import { networkFilePath } from '../core/layout.js';
import { shown } from '../core/shown.js';
import { findForWrite } from '../core/model/lookup.js';
import { type NetworkFile, networkFileText, withoutRecord } from '../core/model/network-file.js';
import { StateManagerError } from '../errors.js';
import type { StateRepository } from '../ports/state-repository.js';
import type { BaseState } from './base-state.js';
import { resolveSpelling } from './open-network.js';
import type { WriteOptions } from './put.js';
import { type RecordResult, record } from './record.js';

export type DeleteRequest = { readonly network: string; readonly name: string };

/** Removes one record as one commit. Throws NOT_FOUND. */
export function deleteRecord(
  repository: StateRepository,
  request: DeleteRequest,
  options: WriteOptions,
): Promise<RecordResult> {
  return record(repository, {
    ...options,
    operation: 'delete',
    label: `delete ${request.network} ${request.name}`,
    async edit(base) {
      const file = await withDelete(base, request);
      return new Map([[networkFilePath(base.root, file.network), networkFileText(file)]]);
    },
  });
}

/** The network file after one delete; `open` is the file as earlier steps of the same write left it. */
export async function withDelete(base: BaseState, request: DeleteRequest, open?: NetworkFile): Promise<NetworkFile> {
  const { network } = await resolveSpelling(base, request.network);
  const file = open ?? (await base.network(network));
  const found = file === null ? null : findForWrite(file, request.name);
  if (file === null || found === null) {
    const hint = file === null ? 'stateroot list' : `stateroot list --network ${network}`;
    throw new StateManagerError('NOT_FOUND', `There is no record ${shown(request.name)} on ${shown(network)}.`, {
      hint,
    });
  }
  return withoutRecord(file, found.name);
}
