import { StateManagerError } from '../../errors.js';
import { type BaseState, baseState } from '../base-state.js';
import { consolidate } from './consolidate.js';
import type { Consolidation, MigrationSources } from './consolidation.js';
import type { MigrationPorts } from './migration-ports.js';

/** The sources of a migration as they are now, over the commit it started from. */
export type SourceState = {
  readonly base: BaseState;
  readonly consolidation: Consolidation;
  /** Keys and values and files. */
  readonly bytes: number;
};

export async function readSourceState(
  ports: Pick<MigrationPorts, 'repository' | 'readSources' | 'relieve'>,
  base: string,
): Promise<SourceState> {
  const { repository } = ports;
  const start = await baseState(repository.root, await repository.at({ commit: base }));
  ports.relieve('all');
  const sources = await ports.readSources();
  ports.relieve('all');
  const consolidation = await consolidate(start, sources);
  return {
    base: start,
    consolidation: {
      ...consolidation,
      settle(onto, network) {
        ports.relieve();
        return consolidation.settle(onto, network);
      },
    },
    bytes: bytesOf(sources),
  };
}

function bytesOf({ leveldb, json, unified, openzeppelin }: MigrationSources): number {
  const entries = (leveldb?.entries ?? []).reduce((sum, { key, value }) => sum + key.length + value.length, 0);
  return [...json, ...unified, ...openzeppelin].reduce((sum, { bytes }) => sum + bytes.length, entries);
}

/** Null where there is no such revision. */
export async function commitNamed(
  { repository }: Pick<MigrationPorts, 'repository'>,
  revision: string,
): Promise<string | null> {
  try {
    return await repository.resolve(revision);
  } catch (error) {
    if (error instanceof StateManagerError && error.code === 'UNKNOWN_REVISION') return null;
    throw error;
  }
}
