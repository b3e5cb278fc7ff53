import { relative, resolve } from 'node:path';
import { sourceFiles } from '../../../files/read-source-files.js';
import { levelStore } from '../../../leveldb/level-store.js';
import { clutterReason } from '../../../core/legacy/json/clutter.js';
import { isUnifiedName } from '../../../commands/read-unified.js';
import type { MigrationSources } from '../../../commands/migration/consolidation.js';
import type { StoreContent } from '../../../ports/legacy-store.js';
import type { SourceFile } from '../../../ports/source-files.js';
import { StateManagerError } from '../../../errors.js';
import { text, texts } from '../../arguments.js';
import type { Arguments, Context } from '../../command.js';
import { usualLevelDb } from '../../usual-leveldb.js';

/** Where the sources of a migration are, absolute paths, as they were asked for or as they usually lie. */
export type SourcePaths = {
  readonly leveldb: string | null;
  readonly also: readonly string[];
  readonly json: readonly string[];
  readonly unified: readonly string[];
  readonly openzeppelin: readonly string[];
};

/** What was asked for; without `--leveldb` the usual one. */
export async function sourcePaths(args: Arguments, context: Context): Promise<SourcePaths> {
  const inCwd = (path: string): string => resolve(context.cwd, path);
  const asked = text(args, 'leveldb');
  return {
    leveldb: asked === undefined ? await usualLevelDb(context) : inCwd(asked),
    also: texts(args, 'also').map(inCwd),
    json: texts(args, 'legacy-json').map(inCwd),
    unified: texts(args, 'unified').map(inCwd),
    openzeppelin: texts(args, 'openzeppelin').map(inCwd),
  };
}

/** Throws BAD_USAGE where no source is named and none is found. */
export function refuseNothing({ leveldb, json, unified, openzeppelin }: SourcePaths): void {
  if (leveldb !== null || [json, unified, openzeppelin].some((paths) => paths.length > 0)) return;
  throw new StateManagerError(
    'BAD_USAGE',
    'There is nothing to migrate: no source is named, and there is no leveldb/ here.',
    {
      hint: 'stateroot migrate plan --leveldb <path>',
    },
  );
}

/** Reads all of them. Throws what the readers throw. */
export async function readSources(
  paths: SourcePaths,
  context: Context,
  seen?: (entries: number) => void,
): Promise<MigrationSources> {
  const also: { path: string; content: StoreContent }[] = [];
  for (const path of paths.also) also.push({ path, content: await levelStore.examine(path) });
  return {
    leveldb: paths.leveldb === null ? null : await levelStore.examine(paths.leveldb, seen),
    also,
    json: await filesOf(paths.json, context, (name) => clutterReason(name) === null),
    unified: await filesOf(paths.unified, context, isUnifiedName),
    openzeppelin: await filesOf(paths.openzeppelin, context),
  };
}

async function filesOf(
  paths: readonly string[],
  context: Context,
  wanted?: (name: string) => boolean,
): Promise<SourceFile[]> {
  const files: SourceFile[] = [];
  for (const path of paths) files.push(...(await sourceFiles(context.cwd).read(asTyped(path, context.cwd), wanted)));
  return files;
}

/** As somebody here would name it: what a report says must not depend on where the clone lies. */
function asTyped(path: string, cwd: string): string {
  const place = relative(cwd, path);
  return place === '' || place.startsWith('..') ? path : place;
}
