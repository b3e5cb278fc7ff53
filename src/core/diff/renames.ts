import { compareText } from '../equal.js';
import { member } from '../json.js';
import { identityAddress } from '../model/fields.js';
import { type NetworkFile, recordsOf } from '../model/network-file.js';
import type { Snapshot } from '../snapshot.js';

/**
 * Networks that only got another name: a file that is gone and one that is new for the same chain and environment, of
 * which there may be one each (FORMAT §3), and which share most of their contracts. New name → old name.
 */
export function findRenames(base: Snapshot, head: Snapshot): ReadonlyMap<string, string> {
  const gone = byPlace(missingIn(base, head));
  const added = byPlace(missingIn(head, base));
  const pairs = [...added].flatMap(([place, files]): [string, string][] => {
    const [now, ...alsoNow] = files;
    const [before, ...alsoBefore] = gone.get(place) ?? [];
    if (now === undefined || before === undefined || alsoNow.length + alsoBefore.length > 0) return [];
    return isSameNetwork(before.file, now.file) ? [[now.name, before.name]] : [];
  });
  return new Map(pairs.sort(([a], [b]) => compareText(a, b)));
}

type Named = { readonly name: string; readonly file: NetworkFile };

function missingIn(one: Snapshot, other: Snapshot): Named[] {
  return [...one.networks].filter(([name]) => !other.networks.has(name)).map(([name, file]) => ({ name, file }));
}

function byPlace(networks: readonly Named[]): Map<string, Named[]> {
  const places = new Map<string, Named[]>();
  for (const network of networks) {
    const place = JSON.stringify([network.file.chainId, member(network.file.root, 'environment') ?? null]);
    places.set(place, [...(places.get(place) ?? []), network]);
  }
  return places;
}

/** Half of what the larger one records is the same contract at the same address; two empty files are one network. */
function isSameNetwork(before: NetworkFile, after: NetworkFile): boolean {
  const old = identities(before);
  const now = identities(after);
  const shared = [...now].filter((identity) => old.has(identity)).length;
  return shared * 2 >= Math.max(old.size, now.size);
}

function identities(file: NetworkFile): Set<string> {
  return new Set(
    recordsOf(file).map(({ name, fields }) => JSON.stringify([name, identityAddress(fields) ?? null]).toLowerCase()),
  );
}
