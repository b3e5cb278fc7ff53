import { foldSpelling } from '../../config/spelling.js';
import { isObject, type Json, type JsonObject, member } from '../../json.js';
import { objectMembers } from '../../model/placed-record.js';
import { pointer } from '../../text/pointer.js';
import type { ProtocolSettings } from './checked-network.js';

/** Another chain that a network file says it is connected to. */
export type Peer = {
  /** As the file has it: a chain id, or by mistake an endpoint id. */
  readonly chainId: number;
  /** Of the item; its `chainId` is below. */
  readonly path: string;
  /** `topology.connectedChains`, or the remotes of one protocol. */
  readonly from: 'topology' | 'remotes';
  readonly entry: JsonObject;
  /** The protocols it speaks, by folded name, with what is said of them; empty where nothing is said. */
  readonly protocols: ReadonlyMap<string, PeerProtocol>;
};

type PeerProtocol = { readonly name: string; readonly path: string; readonly about: JsonObject };

/** Both lists of a file, topology first. */
export function peersOf(root: JsonObject, settings: readonly ProtocolSettings[]): Peer[] {
  const topology = member(root, 'topology');
  const connected = isObject(topology) ? member(topology, 'connectedChains') : undefined;
  return [
    ...items(connected, pointer('topology', 'connectedChains')).map((item) => ({
      ...item,
      from: 'topology' as const,
      protocols: protocolsOf(item.entry, item.path),
    })),
    ...settings.flatMap(({ name, folded, path, value }) =>
      items(member(value, 'remotes'), path + pointer('remotes')).map((item) => ({
        ...item,
        from: 'remotes' as const,
        protocols: new Map([[folded, { name, path: item.path, about: item.entry }]]),
      })),
    ),
  ];
}

function items(list: Json | undefined, at: string): { chainId: number; path: string; entry: JsonObject }[] {
  if (!Array.isArray(list)) return [];
  return (list as readonly Json[]).flatMap((entry, index) => {
    const chainId = isObject(entry) ? member(entry, 'chainId') : undefined;
    return isObject(entry) && typeof chainId === 'number' ? [{ chainId, path: at + pointer(index), entry }] : [];
  });
}

/** `["layerZero"]` or `[{name: "layerZero", status, …}]`, or an object by name. */
function protocolsOf(entry: JsonObject, path: string): Map<string, PeerProtocol> {
  const said = member(entry, 'protocols');
  const at = path + pointer('protocols');
  const found = new Map<string, PeerProtocol>();
  for (const [key, item] of Array.isArray(said) ? [...(said as readonly Json[]).entries()] : objectMembers(said)) {
    const about = isObject(item) ? item : {};
    const name = typeof key === 'string' ? key : isObject(item) ? member(item, 'name') : item;
    if (typeof name === 'string') found.set(foldSpelling(name), { name, path: at + pointer(key), about });
  }
  return found;
}
