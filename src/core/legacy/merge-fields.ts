import { type Json, type JsonObject, member } from '../json.js';
import { knownFields } from '../model/fields.js';

/**
 * A record after a source spoke about it (CONTRACT §4, `import`): what it says replaces, what it does not know stays,
 * except that hashes, arguments and time of another implementation go with it. The checksum is left out.
 */
export function mergeFields(existing: JsonObject, said: JsonObject): JsonObject {
  const news = asProxy(existing, said);
  const isStale = codeChanges(existing, news)
    ? (field: string) => knownFields.get(field)?.mergeClass === 'code'
    : never;
  const kept = Object.entries(existing).filter(([field]) => !isStale(field));
  return Object.fromEntries([...kept, ...Object.entries(news)].filter(([field]) => field !== 'checksum'));
}

/** An `address` alone may be that of a proxy we know as such; then it says nothing about the implementation. */
function asProxy(existing: JsonObject, said: JsonObject): JsonObject {
  const proxy = member(existing, 'proxy');
  const address = member(said, 'implementation');
  if (proxy === undefined || member(said, 'proxy') !== undefined || address !== proxy) return said;
  return Object.fromEntries<Json>([
    ...Object.entries(said).filter(([field]) => field !== 'implementation'),
    ['proxy', proxy],
  ]);
}

function codeChanges(existing: JsonObject, news: JsonObject): boolean {
  const implementation = member(news, 'implementation');
  if (implementation !== undefined) return implementation !== member(existing, 'implementation');
  return member(news, 'proxy') !== member(existing, 'proxy');
}

function never(): boolean {
  return false;
}
