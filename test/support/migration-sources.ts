import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { baseState, type BaseState } from '../../src/commands/base-state.js';
import type {
  Consolidation,
  ConsolidatedNetwork,
  MigrationSources,
} from '../../src/commands/migration/consolidation.js';
import type { JsonObject } from '../../src/core/json.js';
import type { LegacyEntry } from '../../src/core/legacy/entry.js';
import { networkFileText } from '../../src/core/model/network-file.js';
import { levelStore } from '../../src/leveldb/level-store.js';
import type { SourceFile } from '../../src/ports/source-files.js';
import { memoryRepository } from './memory-repository.js';
import { sharedData } from './shared-data.js';

export const noSources: MigrationSources = { leveldb: null, also: [], json: [], unified: [], openzeppelin: [] };

/** Everything of the real data; null where that is not here. */
export async function realSources(): Promise<MigrationSources | null> {
  const folders = ['leveldb', 'legacy-json', 'unified', 'openzeppelin'].map((name) => sharedData('lookcoin', name));
  const [leveldb, json, unified, openzeppelin] = folders;
  if (leveldb == null || json == null || unified == null || openzeppelin == null) return null;
  return {
    leveldb: await levelStore.examine(leveldb),
    also: [],
    json: filesIn(json, 'legacy-json'),
    unified: filesIn(unified, 'unified'),
    openzeppelin: filesIn(openzeppelin, 'openzeppelin'),
  };
}

/** Made-up files, called as the user would. */
export function sourceFilesOf(folder: string, files: Readonly<Record<string, JsonObject | string>>): SourceFile[] {
  return Object.entries(files).map(([name, root]) => {
    const text = typeof root === 'string' ? root : JSON.stringify(root);
    return { name, path: `${folder}/${name}`, bytes: Buffer.from(text) };
  });
}

export function storeOf(entries: readonly LegacyEntry[]): NonNullable<MigrationSources['leveldb']> {
  return { entries, superseded: [], warnings: [] };
}

/** The state of a repository with these files. */
export async function stateWith(files: Readonly<Record<string, string>> = {}): Promise<BaseState> {
  const repository = memoryRepository({ 'README.md': 'mine', ...files });
  return baseState('', await repository.at({ commit: (await repository.head()).commit ?? '' }));
}

export async function settleAll(consolidation: Consolidation, base: BaseState): Promise<ConsolidatedNetwork[]> {
  const settled: ConsolidatedNetwork[] = [];
  for (const network of consolidation.networks) settled.push(await consolidation.settle(base, network));
  return settled;
}

export function stateOf(settled: readonly ConsolidatedNetwork[]): Record<string, string> {
  return Object.fromEntries(
    settled.map(({ network, file }) => [`deployments/unified/${network}.unified.json`, networkFileText(file)]),
  );
}

function filesIn(folder: string, called: string): SourceFile[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ({ name, path: `${called}/${name}`, bytes: readFileSync(join(folder, name)) }));
}
