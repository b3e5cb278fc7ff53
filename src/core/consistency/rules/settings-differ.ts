import { foldSpelling } from '../../config/spelling.js';
import { equalJson } from '../../equal.js';
import { isObject, type Json, type JsonObject, member } from '../../json.js';
import { pointer } from '../../text/pointer.js';
import { isAddressText } from '../../values/address-text.js';
import type { ConsistencyRule, Problem } from '../rule.js';
import { type CheckedNetwork, placeIn } from '../state/checked-network.js';
import { type Link, linksOf } from '../state/links.js';
import { isZeroAddress } from '../state/zero-address.js';

const saying = (chainId: number, status: string) => ({
  topology: { connectedChains: [{ chainId, protocols: [{ name: 'celer', status }] }] },
});

export const settingsDiffer: ConsistencyRule = {
  id: 'protocol/settings-differ',
  severity: 'warning',
  title: 'The two ends of a connection disagree',
  meaning:
    'Both list each other, with different protocols, or with different settings of one (status, enabled, limits). What tells the ends apart, such as ids, names and addresses, is not compared. Shown at the later of the two.',
  remedy: 'Find out which end is right and correct the other.',
  fires: { networks: { basesepolia: saying(97, 'active'), bsctestnet: saying(84532, 'paused') } },
  silent: { networks: { basesepolia: saying(97, 'active'), bsctestnet: saying(84532, 'active') } },
  find: (state) => {
    const ends = new Map<string, End>();
    return state.networks.flatMap((network) =>
      linksOf(network, state).flatMap((link): Problem[] => {
        if (link.target === null || link.target === network) return [];
        const list = link.peer.from === 'topology' ? '' : [...link.peer.protocols.keys()].join();
        ends.set(JSON.stringify([network.name, link.target.name, list]), { network, link });
        const other = ends.get(JSON.stringify([link.target.name, network.name, list]));
        return other === undefined
          ? []
          : [...differentProtocols({ network, link }, other), ...differentSettings({ network, link }, other)];
      }),
    );
  },
};

type End = { readonly network: CheckedNetwork; readonly link: Link };

function differentProtocols(end: End, other: End): Problem[] {
  const [own, others] = [end.link.peer.protocols, other.link.peer.protocols];
  // Nothing said is no disagreement.
  if (own.size === 0 || others.size === 0) return [];
  const names = (from: typeof own, than: typeof own) =>
    [...from].flatMap(([folded, { name }]) => (than.has(folded) ? [] : [name]));
  const [more, less] = [names(own, others), names(others, own)];
  if (more.length + less.length === 0) return [];
  const parts = [...more.map((name) => `${name} only here`), ...less.map((name) => `${name} only there`)];
  return [problem(end, other, 'protocols', `protocols: ${parts.join(', ')}`)];
}

function differentSettings(end: End, other: End): Problem[] {
  return [...end.link.peer.protocols].flatMap(([folded, { name, path, about }]) => {
    const theirs = other.link.peer.protocols.get(folded);
    if (theirs === undefined) return [];
    return sharedSettings(about, theirs.about).map((key) => {
      const values = [member(about, key), member(theirs.about, key)].map((value) => JSON.stringify(value));
      return {
        place: placeIn(end.network, path + pointer(key)),
        message: `${end.network.name} and ${other.network.name} disagree on ${name} ${key}: ${values.join(' here, ')} there`,
        related: [placeIn(other.network, theirs.path + pointer(key))],
      };
    });
  });
}

/** Plain values of both that differ. */
function sharedSettings(a: JsonObject, b: JsonObject): string[] {
  return Object.keys(a).filter((key) => {
    const [own, others] = [member(a, key), member(b, key)];
    return others !== undefined && !tellsApart(key, own) && !tellsApart(key, others) && !equalJson(own, others);
  });
}

/** What is different at the two ends by its nature: whose it is, which contract, when it was looked at. */
function tellsApart(key: string, value: Json | undefined): boolean {
  if (isObject(value) || Array.isArray(value)) return true;
  if (/(?:chainid|eid|domain|selector|name|network|networktier|ishomechain)$/.test(foldSpelling(key))) return true;
  return typeof value === 'string' && (isAddressText(value) || isZeroAddress(value) || /^\d{4}-\d\d-\d\dT/.test(value));
}

function problem(end: End, other: End, key: string, what: string): Problem {
  return {
    place: placeIn(end.network, end.link.peer.path + pointer(key)),
    message: `${end.network.name} and ${other.network.name} disagree on their ${what}`,
    related: [placeIn(other.network, other.link.peer.path + pointer(key))],
  };
}
