import { isObject, type Json, member } from '../json.js';
import { pointer } from '../text/pointer.js';
import { isTaggedBigint } from '../values/bigint.js';
import type { FoldLog } from './fold-log.js';

/** Reports what reading made tagged bigints of: number tokens beyond 2^53−1 and `{"type":"BigInt"}` (FORMAT §6). */
export function noteBigints(log: FoldLog): void {
  note(log.source.parsed, log.source.root, '', log);
}

function note(parsed: Json, read: Json, path: string, log: FoldLog): void {
  if (Array.isArray(parsed) && Array.isArray(read)) {
    for (const [at, item] of (parsed as readonly Json[]).entries()) {
      note(item, (read as readonly Json[])[at] ?? null, path + pointer(at), log);
    }
  } else if (isObject(read)) {
    const isOwn = isObject(parsed) && member(parsed, '_type') !== undefined;
    if (isTaggedBigint(read) && !isOwn) log.folded.push({ rule: 'bigint-form', path });
    else if (isObject(parsed)) {
      for (const [key, value] of Object.entries(parsed))
        note(value, member(read, key) ?? null, path + pointer(key), log);
    }
  }
}
