import type { FieldChange } from '../../core/diff/change.js';
import { equalJson } from '../../core/equal.js';
import type { Json } from '../../core/json.js';
import { fieldLabel, leaves } from './value.js';

/** A value that stands on a line of its own; absent where it does not exist. */
export type ChangedLeaf = { readonly label: string; readonly before?: Json; readonly after?: Json };

/** A field before and after, arrays and objects item by item: only the items that differ. */
export function changedLeaves({ path, before, after }: FieldChange): ChangedLeaf[] {
  const label = fieldLabel(path);
  const old = leavesByLabel(before, label);
  const now = leavesByLabel(after, label);
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((each) => {
    const [was, is] = [old.get(each), now.get(each)];
    if (equalJson(was, is)) return [];
    return [{ label: each, ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }) }];
  });
}

function leavesByLabel(value: Json | undefined, label: string): ReadonlyMap<string, Json> {
  return new Map(value === undefined ? [] : leaves(value, label).map((leaf) => [leaf.label, leaf.value]));
}
