import type { ContractStore } from '../contract-store.js';
import { conforming, invalid } from './conforming.js';

/** What a plug-in is given to open its store. */
export type BackendContext = {
  /** Null for a manager that is bound to none. */
  readonly network: string | null;
  /** The chain id of that network, where the caller gave one. */
  readonly chainId: number | undefined;
  /** Absolute; what a relative path of `options` is relative to. */
  readonly cwd: string;
  /** `options.backends[<name>]`, as the caller gave it. */
  readonly options: unknown;
};

/** Opens nothing itself: the store does, when it is first used. */
export type OpenBackend = (context: BackendContext) => ContractStore | Promise<ContractStore>;

export type BackendRegistry = {
  /** Throws BACKEND_INVALID for a name that is taken or no name, and for what cannot open anything. */
  register(name: string, open: OpenBackend): void;
  names(): readonly string[];
  /** Null for a name that is not registered. Throws BACKEND_INVALID, and BACKEND_UNAVAILABLE where it fails to open. */
  open(name: string, context: BackendContext): Promise<ContractStore> | null;
};

const reserved: readonly string[] = ['leveldb', 'json', 'unified', 'dual-write', 'auto'];

/** Backends of plug-ins by name; what `above` has counts too. */
export function backendRegistry(above: BackendRegistry | null = null): BackendRegistry {
  const own = new Map<string, OpenBackend>();
  return {
    register(name, open) {
      if (!/^[a-z][a-z0-9-]{0,39}$/.test(name)) {
        throw invalid(name, 'its name must be lower-case letters, digits and hyphens');
      }
      if (reserved.includes(name) || own.has(name)) throw invalid(name, 'another backend has this name');
      if (typeof open !== 'function') throw invalid(name, `open is ${typeof open}, not a function`);
      own.set(name, open);
    },
    names: () => [...new Set([...own.keys(), ...(above?.names() ?? [])])],
    open(name, context) {
      const open = own.get(name);
      return open === undefined ? (above?.open(name, context) ?? null) : opened(name, open, context);
    },
  };
}

async function opened(name: string, open: OpenBackend, context: BackendContext): Promise<ContractStore> {
  let store: unknown;
  try {
    store = await open(context);
  } catch (cause) {
    throw invalid(name, 'open threw', cause);
  }
  return conforming(name, store);
}
