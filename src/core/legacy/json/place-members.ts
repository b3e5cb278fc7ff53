import type { Folded } from '../../fold/fold-log.js';
import type { Json, JsonObject } from '../../json.js';
import { isSection, membersOf, type OlderPart } from './older-part.js';
import { unknownRule } from './unknown-value.js';

type Homes = {
  readonly homes: ReadonlyMap<string, readonly string[]>;
  /** Members that are read elsewhere. */
  readonly taken: ReadonlySet<string> | ((key: string, value: Json) => boolean);
  /** Where a member without a home is kept: a root key beginning with `x-`, which FORMAT §3 leaves to us. */
  readonly aside: string | readonly string[];
};

/** Members of an object at their places in a network file. What says nothing is left out and named. */
export function placeMembers(
  root: JsonObject,
  at: string,
  { homes, taken, aside }: Homes,
): Pick<OlderPart, 'sections' | 'dropped'> {
  const isTaken = typeof taken === 'function' ? taken : (key: string): boolean => taken.has(key);
  const beside = typeof aside === 'string' ? [aside] : aside;
  const sections: OlderPart['sections'][number][] = [];
  const dropped: Folded[] = [];
  for (const { key, value, from } of membersOf(root, at)) {
    if (isTaken(key, value)) continue;
    const home = homes.get(key);
    const rule = home === undefined ? null : unknownRule(value);
    if (rule !== null) dropped.push({ rule, path: from, value });
    else sections.push({ value, from, to: home !== undefined && fits(home, value) ? home : [...beside, key] });
  }
  return { sections, dropped };
}

/** A root section has to be an object, the tier a text (FORMAT §3). */
function fits(home: readonly string[], value: Json): boolean {
  return home.length > 1 || (home[0] === 'networkTier' ? typeof value === 'string' : isSection(value));
}
