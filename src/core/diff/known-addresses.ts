import { compareText } from '../equal.js';
import { isObject, type Json, type JsonObject, member } from '../json.js';
import { shortName } from '../model/names.js';
import type { NetworkFile } from '../model/network-file.js';
import { extendedPrefix, objectMembers } from '../model/placed-record.js';
import type { Snapshot } from '../snapshot.js';
import { isAddressText } from '../values/address-text.js';
import { type ContractChange, type FieldChange, type KnownAddress, type NetworkChange, worstDanger } from './change.js';

const addressFields = ['proxy', 'implementation'];

/**
 * The changes, with `knownAs` where a new address is one that another record has, on any network of the two snapshots:
 * `known-elsewhere`, the mistake of a copied line. Instances of one artefact share their code, and a short and a
 * qualified name are one contract: these are no other names. Nothing is searched when no address is new.
 */
export function markKnownAddresses(changes: readonly NetworkChange[], base: Snapshot, head: Snapshot): NetworkChange[] {
  const wanted = new Set(
    changes.flatMap(({ contracts }) => contracts.flatMap(newAddresses)).map(({ address }) => address),
  );
  if (wanted.size === 0) return [...changes];
  const holders = holdersOf(wanted, [base, head]);
  return changes.map((change) => ({
    ...change,
    contracts: change.contracts.map((contract) => marked(contract, change, holders)),
  }));
}

type Holder = { readonly network: string; readonly contract: string; readonly artifact: Json | undefined };
type NewAddress = { readonly path: string; readonly address: string };

function newAddresses({ fields }: ContractChange): NewAddress[] {
  return fields.flatMap(({ path, before, after }) => {
    const address = addressFields.includes(path) ? addressKey(after) : null;
    return address === null || address === addressKey(before) ? [] : [{ path, address }];
  });
}

function addressKey(value: Json | undefined): string | null {
  return typeof value === 'string' && isAddressText(value) ? value.toLowerCase() : null;
}

/** By address: the records that have it, each once. A file that both snapshots share is looked at once. */
function holdersOf(wanted: ReadonlySet<string>, snapshots: readonly Snapshot[]): Map<string, Map<string, Holder>> {
  const holders = new Map<string, Map<string, Holder>>();
  const files = new Set<NetworkFile>(snapshots.flatMap(({ networks }) => [...networks.values()]));
  for (const { network, root } of files) {
    for (const [name, entry] of objectMembers(member(root, 'contracts')).flatMap(([, entries]) =>
      objectMembers(entries),
    )) {
      for (const address of addressesOf(entry)) {
        if (!wanted.has(address)) continue;
        const found = holders.get(address) ?? new Map<string, Holder>();
        found.set(JSON.stringify([network, name]), { network, contract: name, artifact: artifactOf(root, name) });
        holders.set(address, found);
      }
    }
  }
  return holders;
}

function addressesOf(entry: Json): string[] {
  return isObject(entry) ? addressFields.flatMap((field) => addressKey(member(entry, field)) ?? []) : [];
}

function artifactOf(root: JsonObject, name: string): Json | undefined {
  const extended = member(root, extendedPrefix + name);
  return isObject(extended) ? member(extended, 'artifact') : undefined;
}

function marked(
  contract: ContractChange,
  { network }: NetworkChange,
  holders: ReadonlyMap<string, ReadonlyMap<string, Holder>>,
): ContractChange {
  const found = newAddresses(contract).flatMap(({ path, address }) => {
    const others = [...(holders.get(address)?.values() ?? [])];
    const own = others.find((holder) => holder.network === network && holder.contract === contract.name);
    return others
      .filter((holder) => !isSameContract(holder, { network, contract: contract.name, artifact: own?.artifact }))
      .map((holder): KnownAddress => ({ path, network: holder.network, contract: holder.contract }));
  });
  if (found.length === 0) return contract;
  const knownAs = found.sort(
    (a, b) =>
      byField(contract.fields, a) - byField(contract.fields, b) ||
      compareText(a.network, b.network) ||
      compareText(a.contract, b.contract),
  );
  return { ...contract, danger: worstDanger([contract.danger, 'known-elsewhere']), knownAs };
}

function isSameContract(a: Holder, b: Holder): boolean {
  if (typeof a.artifact === 'string' && a.artifact === b.artifact) return true;
  return artefactName(a.contract) === artefactName(b.contract);
}

/** `Vault` of `contracts/Vault.sol:Vault#usdc` (FORMAT §5). */
function artefactName(name: string): string {
  return shortName(name).split('#')[0] ?? '';
}

function byField(fields: readonly FieldChange[], { path }: KnownAddress): number {
  return fields.findIndex((field) => field.path === path);
}
