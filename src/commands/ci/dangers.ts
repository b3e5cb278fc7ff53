import { type WeighedChange, weighChanges } from '../../core/diff/weigh.js';
import type { Finding } from '../../core/finding.js';
import { networkFilePathOf } from '../../core/layout.js';
import { extendedPrefix } from '../../core/model/placed-record.js';
import { pointer } from '../../core/text/pointer.js';
import { type Locator, locate } from '../../core/text/position.js';
import { readText } from '../../core/text/read.js';
import type { StateRepository } from '../../ports/state-repository.js';
import type { RootDiff } from './diff-roots.js';

/** A change that a person has to decide on, and where it stands at the head; without a line where it is gone. */
export type PlacedDanger = {
  readonly root: string;
  readonly change: WeighedChange;
  readonly place: Pick<Finding, 'file' | 'line' | 'column' | 'path'>;
};

/** The dangers of all roots, worst first within each. At most `limit` are looked up in their files. */
export async function placedDangers(
  repository: StateRepository,
  head: string,
  diffs: readonly RootDiff[],
  limit: number,
): Promise<readonly PlacedDanger[]> {
  const dangers: PlacedDanger[] = [];
  for (const { root, diff } of diffs) {
    const view = repository.forRoot(root);
    const tree = await view.at({ commit: head });
    const locators = new Map<string, Locator | null>();
    for (const change of weighChanges(diff.networks)) {
      if (change.danger === null) continue;
      const file = networkFilePathOf(root, change.network.network);
      const path = pathOf(change);
      if (dangers.length < limit && !locators.has(file)) {
        const [found] = await tree.read([file]);
        const text = found === undefined ? null : readText(found.bytes);
        locators.set(file, text?.ok === true ? locate(text.text) : null);
      }
      const isGone = change.contract?.status === 'removed' || change.network.status === 'removed';
      const find = isGone ? null : locators.get(file);
      dangers.push({ root, change, place: { file, path, ...(find?.(path, 'value') ?? {}) } });
    }
  }
  return dangers;
}

/** Where what the danger is about stands: addresses in their entry, other fields beside it, sections as they are. */
function pathOf({ contract, fields, danger }: WeighedChange): string {
  const [first] = fields;
  if (contract === null) return first === undefined ? '' : first.path;
  const wanted = danger === 'proxy-changed' ? ['proxy', 'implementation'] : ['implementation', 'proxy'];
  const path = wanted.find((name) => fields.some((field) => field.path === name)) ?? first?.path ?? '';
  const isEntry = path === 'proxy' || path === 'implementation' || path === '' || path === 'category';
  if (!isEntry) return pointer(extendedPrefix + contract.name, path);
  const entry = pointer('contracts', contract.category, contract.name);
  return path === 'proxy' || path === 'implementation' ? entry + pointer(path) : entry;
}
