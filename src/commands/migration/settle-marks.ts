import { networkFilePath } from '../../core/layout.js';
import { migrationTrailers } from '../../core/migration/checkpoint.js';
import { marksKey, marksOf, withMarks, withoutMarks } from '../../core/model/marks.js';
import { type NetworkFile, networkFileText, parseNetworkFile, recordsOf } from '../../core/model/network-file.js';
import type { StateRepository, StateTree } from '../../ports/state-repository.js';
import { type BaseState, baseState } from '../base-state.js';
import { type Edits, record } from '../record.js';

type Ending = {
  readonly id: string;
  /** The commit the migration started from. */
  readonly base: string;
  /** The newest commit of its branch. */
  readonly tip: string;
};

/** What the merge of a cutover makes of each file of HEAD that is marked: all that the marked records lacked comes with it. */
export async function markRevisions(
  repository: StateRepository,
  ending: Ending,
): Promise<ReadonlyMap<string, (merged: Uint8Array) => Uint8Array>> {
  const { commit } = await repository.head();
  if (commit === null) return new Map();
  const there = await baseState(repository.root, await repository.at({ commit }));
  const tip = await baseState(repository.root, await repository.at({ commit: ending.tip }));
  const revisions = new Map<string, (merged: Uint8Array) => Uint8Array>();
  for (const network of await markedNetworks(there)) {
    const brought = await tip.network(network);
    revisions.set(networkFilePath(repository.root, network), (merged) => {
      const parsed = parseNetworkFile(merged);
      return parsed.ok ? Buffer.from(networkFileText(settled(parsed.file, brought, ending))) : merged;
    });
  }
  return revisions;
}

/** The same for what scripts committed between the merge and their switch: one more commit, none where nothing is marked. */
export async function takeMarksAway(repository: StateRepository, ending: Ending): Promise<void> {
  const tip = await baseState(repository.root, await repository.at({ commit: ending.tip }));
  const edits = async (base: BaseState): Promise<Edits> => {
    const files = new Map<string, string>();
    for (const network of await markedNetworks(base)) {
      const [file, brought] = [await base.network(network), await tip.network(network)];
      if (file === null) continue;
      files.set(networkFilePath(base.root, network), networkFileText(settled(file, brought, ending)));
    }
    return files;
  };
  await recordMarks(repository, { ...ending, edits });
}

/**
 * Marks what was recorded since the cutover and stays when it is taken back: alone it would be taken for all there is. One commit, none
 * where nothing is new.
 */
export async function markLater(
  repository: StateRepository,
  migration: { readonly id: string; readonly base: string },
  cutover: string,
): Promise<void> {
  const then = await baseState(repository.root, await repository.at({ commit: cutover }));
  const edits = async (base: BaseState): Promise<Edits> => {
    const files = new Map<string, string>();
    for (const network of base.networks) {
      const path = networkFilePath(base.root, network);
      if (await isSame(path, base.tree, then.tree)) continue;
      const [file, before] = [await base.network(network), await then.network(network)];
      if (file === null) continue;
      const known = new Set(before === null ? [] : recordsOf(before).map(({ name }) => name));
      const later = recordsOf(file).flatMap(({ name }) => (known.has(name) ? [] : [name]));
      files.set(path, networkFileText(withMarks(file, later, migration.id)));
    }
    return files;
  };
  await recordMarks(repository, { ...migration, edits });
}

/** Of this migration, and of one that was given up, what the sources know by now. */
function settled(file: NetworkFile, brought: NetworkFile | null, { id }: Ending): NetworkFile {
  const known = new Set(brought === null ? [] : recordsOf(brought).map(({ name }) => name));
  return withoutMarks(file, (name, of) => of === id || known.has(name));
}

/** Names of the networks with a mark; read one file at a time. */
export async function markedNetworks({ networks, root, tree }: BaseState): Promise<string[]> {
  const marked: string[] = [];
  for (const network of networks) {
    const [file] = await tree.read([networkFilePath(root, network)]);
    if (file === undefined || !Buffer.from(file.bytes).includes(`"${marksKey}"`)) continue;
    const parsed = parseNetworkFile(file.bytes);
    if (parsed.ok && marksOf(parsed.file).size > 0) marked.push(network);
  }
  return marked;
}

async function isSame(path: string, a: StateTree, b: StateTree): Promise<boolean> {
  const [[here], [there]] = await Promise.all([a.read([path]), b.read([path])]);
  return here !== undefined && there !== undefined && Buffer.compare(here.bytes, there.bytes) === 0;
}

async function recordMarks(
  repository: StateRepository,
  {
    id,
    base,
    edits,
  }: { readonly id: string; readonly base: string; readonly edits: (base: BaseState) => Promise<Edits> },
): Promise<void> {
  await record(repository, {
    operation: 'migrate',
    trailers: migrationTrailers({ id, base }, 'cutover', null),
    label: 'migrate marks',
    target: { kind: 'head', allowDetached: false },
    dryRun: false,
    edit: edits,
  });
}
