import { type Difference, differences } from '../diff/differences.js';
import { compareText } from '../equal.js';
import { type JsonObject, member } from '../json.js';

/**
 * Where two contracts differ, both as `comparable` has them: by JSON pointer, ascending; `before` is the source's value, `after`
 * the target's.
 */
export function contractDifferences(source: JsonObject, target: JsonObject): Difference[] {
  return differences('', ...withoutDerived(source, target)).sort((a, b) => compareText(a.path, b.path));
}

/** A backend with a file per network says its name where the source said none. */
function withoutDerived(source: JsonObject, target: JsonObject): [JsonObject, JsonObject] {
  const inBoth = member(source, 'networkName') !== undefined && member(target, 'networkName') !== undefined;
  if (inBoth) return [source, target];
  const without = (contract: JsonObject) =>
    Object.fromEntries(Object.entries(contract).filter(([field]) => field !== 'networkName'));
  return [without(source), without(target)];
}
