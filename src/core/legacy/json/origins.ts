import type { Stated } from './older-part.js';
import type { OlderSource } from './older-source.js';

/** Where the values of a root that was put together come from: pointer in the root → place in a file. */
export type Origins = Map<string, Pick<Stated, 'from'> & { readonly older: OlderSource }>;

/** The place in a file that a pointer of the root came from; null for what was never in one. */
export function originOf(
  origins: Origins,
  path: string,
): { readonly older: OlderSource; readonly from: string } | null {
  const exact = origins.get(path);
  if (exact !== undefined) return exact;
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
    const above = origins.get(path.slice(0, end));
    if (above !== undefined) return { older: above.older, from: above.from + path.slice(end) };
  }
  const below = [...origins].find(([place]) => place.startsWith(`${path}/`));
  return below === undefined ? null : below[1];
}
