import { networkFilePath } from '../core/layout.js';
import { findRecord } from '../core/model/lookup.js';
import {
  type NetworkFile,
  networkFileText,
  parseNetworkFile,
  recordsOf,
  withoutRecord,
  withRecord,
} from '../core/model/network-file.js';
import { shown } from '../core/shown.js';
import { StateManagerError } from '../errors.js';
import type { StateRepository } from '../ports/state-repository.js';
import type { BaseState } from './base-state.js';
import { resolveSpelling } from './open-network.js';
import type { WriteOptions } from './put.js';
import { type Edits, type RecordResult, record } from './record.js';

export type RollbackTo = {
  readonly network: string;
  /** One record of it; the whole network file without. */
  readonly contract?: string | undefined;
  readonly to: string;
};

/** Makes a network, or one record of it, what it was at a revision, as one new commit. Throws NOT_FOUND, UNKNOWN_REVISION. */
export async function rollbackTo(
  repository: StateRepository,
  request: RollbackTo,
  options: WriteOptions,
): Promise<RecordResult> {
  const commit = await repository.resolve(request.to);
  return record(repository, {
    ...options,
    operation: 'rollback',
    label: `rollback ${request.network} to ${commit.slice(0, 7)}`,
    async edit(base) {
      const { network } = await resolveSpelling(base, request.network);
      const path = networkFilePath(base.root, network);
      const [past] = await (await repository.at({ commit })).read([path]);
      if (past === undefined && !base.networks.includes(network)) throw notFound(shown(network), request.to);
      const text = past === undefined ? null : Buffer.from(past.bytes).toString('utf8');
      return request.contract === undefined
        ? new Map([[path, text]])
        : oneRecord(base, network, text, { ...request, contract: request.contract });
    },
  });
}

async function oneRecord(
  base: BaseState,
  network: string,
  text: string | null,
  request: RollbackTo & { contract: string },
): Promise<Edits> {
  const past = text === null ? null : parsed(text, request.to);
  const present = await base.network(network);
  const then = past === null ? null : findRecord(past, request.contract);
  const now = present === null ? null : findRecord(present, request.contract);
  if (then === null && now === null) throw notFound(`${network} / ${shown(request.contract)}`, request.to);
  const path = networkFilePath(base.root, network);
  // The whole file is gone: with one record of it comes what the file said of its network.
  if (present === null) return new Map([[path, past === null ? null : networkFileText(only(past, request.contract))]]);
  const without = now === null ? present : withoutRecord(present, now.name);
  return new Map([[path, networkFileText(then === null ? without : withRecord(without, then))]]);
}

function only(file: NetworkFile, contract: string): NetworkFile {
  const kept = findRecord(file, contract);
  const others = recordsOf(file).filter((record) => record.name !== kept?.name);
  return others.reduce((rest, record) => withoutRecord(rest, record.name), file);
}

function parsed(text: string, revision: string): NetworkFile {
  const read = parseNetworkFile(Buffer.from(text));
  if (read.ok) return read.file;
  throw new StateManagerError(
    'STATE_INVALID',
    `The file cannot be read as it was at ${shown(revision)}: ${read.refusal.message}`,
    {
      hint: 'choose another revision: stateroot log',
      details: { refusal: read.refusal },
    },
  );
}

function notFound(what: string, revision: string): StateManagerError {
  return new StateManagerError('NOT_FOUND', `${what} is neither here nor at ${shown(revision)}.`, {
    hint: 'stateroot list',
  });
}
