import { compareText, equalJson } from '../../core/equal.js';
import { networkOfPath } from '../../core/layout.js';
import { type NetworkFile, parseNetworkFile, recordNamed, recordsOf } from '../../core/model/network-file.js';
import { shown } from '../../core/shown.js';
import { StateManagerError } from '../../errors.js';
import type { FileChange, StateRepository } from '../../ports/state-repository.js';
import { networkHistory } from '../network-history.js';

/**
 * Refuses to make a LevelDB of a commit that lacks what the cutover brought: where somebody reverted it by hand, whole or one network
 * of it, or on a branch without it. A record that was deleted beside others that stayed is deleted on purpose. Throws CONFLICT.
 */
export async function refuseTakenBack(repository: StateRepository, cutover: string, commit: string): Promise<void> {
  const { changes } = await repository.commit(cutover);
  const here = await repository.oids({ commit });
  const isOn = (await repository.mergeBase(cutover, commit)) === cutover;
  const records: string[] = [];
  const takenBy = new Set<string>();
  for (const change of changes[0] ?? []) {
    const network = networkOfPath(change.path)?.network;
    const oid = here.get(change.path) ?? null;
    if (network === undefined || oid === change.after) continue;
    const brought = await readBrought(repository, change, oid);
    if (brought.gone.length === 0) continue;
    const taken = isOn
      ? await takenAway(repository, { path: change.path, commit }, brought)
      : brought.gone.length === brought.names.length;
    if (taken === false) continue;
    if (taken !== true) takenBy.add(taken.by);
    records.push(...brought.gone.map((name) => `${network}/${name}`));
  }
  if (records.length > 0) throw refused(cutover, records.sort(compareText), [...takenBy]);
}

type Brought = {
  /** Of the records that the cutover added or changed. */
  readonly names: readonly string[];
  /** Those that are again as they were before it. */
  readonly gone: readonly string[];
  readonly isAsBefore: (name: string, file: NetworkFile | null) => boolean;
};

async function readBrought(repository: StateRepository, change: FileChange, oid: string | null): Promise<Brought> {
  const oids = [change.before, change.after, oid].filter((one) => one !== null);
  const blobs = await repository.blobs(oids);
  const [before, then, now] = [change.before, change.after, oid].map((one) => {
    const parsed = parseNetworkFile(blobs.get(one ?? '') ?? new Uint8Array());
    return parsed.ok ? parsed.file : null;
  });
  const isAsBefore = (name: string, file: NetworkFile | null) => isSameRecord(name, before ?? null, file);
  const names = then == null ? [] : recordsOf(then).flatMap(({ name }) => (isAsBefore(name, then) ? [] : [name]));
  return { names, gone: names.filter((name) => isAsBefore(name, now ?? null)), isAsBefore };
}

/** By the commit that left nothing of what was brought to this network; false where records went one by one. */
async function takenAway(
  repository: StateRepository,
  { path, commit }: { readonly path: string; readonly commit: string },
  { names, gone, isAsBefore }: Brought,
): Promise<{ readonly by: string } | boolean> {
  const left = new Set(gone);
  for await (const { entry, versions } of networkHistory(repository, { from: commit, paths: [path] })) {
    for (const { befores, after } of versions) {
      const taken = [...left].filter((name) => isAsBefore(name, after) && !isAsBefore(name, befores[0] ?? null));
      if (taken.length > 0 && names.every((name) => isAsBefore(name, after))) return { by: entry.oid };
      for (const name of taken) left.delete(name);
    }
    if (left.size === 0) return false;
  }
  return true;
}

function isSameRecord(name: string, one: NetworkFile | null, other: NetworkFile | null): boolean {
  const [here, there] = [one, other].map((file) => (file === null ? null : recordNamed(file, name)));
  return here?.category === there?.category && equalJson(here?.fields, there?.fields);
}

function refused(cutover: string, records: readonly string[], takenBy: readonly string[]): StateManagerError {
  const by = takenBy.map((oid) => oid.slice(0, 7)).join(' ');
  const names = records.slice(0, 5).map(shown).join(', ');
  const more = records.length > 5 ? ` and ${records.length - 5} more` : '';
  const how = by === '' ? 'HEAD lacks it' : `${by} took it back`;
  const undo = by === '' ? `git merge ${cutover.slice(0, 7)}` : `stateroot rollback ${by}`;
  return new StateManagerError(
    'CONFLICT',
    `What the cutover ${cutover.slice(0, 7)} brought is not all here: ${how}, of ${names}${more}. A LevelDB made of it would lack that too, and deploy scripts would deploy it again. Nothing was written.`,
    {
      hint: `${undo} brings it back; then stateroot migrate rollback`,
      details: { reference: 'MIGRATION-003', cutover, takenBackBy: takenBy, records },
    },
  );
}
