import { equalJson } from '../equal.js';
import { isObject, type Json, member } from '../json.js';
import { pointer } from '../text/pointer.js';

/** A pointer, and what is there before and after; absent where there is nothing. */
export type Difference = { readonly path: string; readonly before?: Json; readonly after?: Json };

/** Where two values differ, down to members of objects and to items of arrays of one length; `path` is the pointer above them. */
export function differences(path: string, before: Json | undefined, after: Json | undefined): Difference[] {
  if (equalJson(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    const items = after as readonly Json[];
    return (before as readonly Json[]).flatMap((item, i) => differences(path + pointer(i), item, items[i]));
  }
  if (isObject(before) && isObject(after)) {
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
      differences(path + pointer(key), member(before, key), member(after, key)),
    );
  }
  return [{ path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }];
}
