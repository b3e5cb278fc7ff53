import type { Danger } from '../../core/diff/change.js';
import type { WeighedChange } from '../../core/diff/weigh.js';
import { shortHash } from './value.js';

/** How text from files is written in the sink at hand. */
type Say = (text: string) => string;

const titles: Readonly<Record<Danger, string>> = {
  'proxy-changed': 'Proxy changed',
  'chain-changed': 'Chain changed',
  removed: 'Removed',
  'same-code-hash': 'Same code hash',
  'known-elsewhere': 'Known elsewhere',
  'owner-changed': 'Owner changed',
  'endpoint-changed': 'Endpoint changed',
};

/** A danger in two words. */
export function dangerTitle(danger: Danger, { fields }: Pick<WeighedChange, 'fields'>): string {
  const isPlain = danger === 'proxy-changed' && fields.every(({ path }) => path !== 'proxy');
  return isPlain ? 'Address changed' : titles[danger];
}

/** Why a person should look, a sentence each. */
export type Reasons = (change: WeighedChange, say: Say) => string[];

/** The reasons of changes that stand together: one explains another. */
export function reasonsAmong(changes: readonly WeighedChange[]): Reasons {
  const around = surroundingsOf(changes);
  return (change, say) => {
    const { danger } = change;
    const own = danger === null || danger === 'known-elsewhere' ? [] : [reasonOf(danger, change, around, say)];
    return [...own, ...knownReasons(change, around, say)];
  };
}

/** What explains other changes, by network and contract. */
type Surroundings = {
  /** The record that has the addresses of another one now. */
  readonly heirs: ReadonlyMap<string, string>;
  readonly removed: ReadonlySet<string>;
  /** By contract: upgrades with a new code hash, as its 8 digits. */
  readonly upgrades: ReadonlyMap<string, readonly { network: string; hash: string }[]>;
};

function surroundingsOf(changes: readonly WeighedChange[]): Surroundings {
  const heirs = new Map<string, string>();
  const removed = new Set<string>();
  const upgrades = new Map<string, { network: string; hash: string }[]>();
  for (const {
    network: { network },
    contract,
    kind,
    fields,
  } of changes) {
    if (contract === null) continue;
    if (kind === 'remove') removed.add(keyOf(network, contract.name));
    for (const known of contract.knownAs ?? []) {
      if (known.network === network) heirs.set(keyOf(network, known.contract), contract.name);
    }
    const hash = shortHash(fields.find(({ path }) => path === 'implementationHash')?.after);
    if (kind !== 'upgrade' || hash === null) continue;
    upgrades.set(contract.name, [...(upgrades.get(contract.name) ?? []), { network, hash }].slice(0, 2));
  }
  return { heirs, removed, upgrades };
}

function keyOf(network: string, contract: string): string {
  return JSON.stringify([network, contract]);
}

function reasonOf(danger: Danger, change: WeighedChange, around: Surroundings, say: Say): string {
  switch (danger) {
    case 'proxy-changed':
      return change.fields.some(({ path }) => path === 'proxy')
        ? 'an upgrade keeps the proxy; a new one is a second deployment or a typo'
        : 'a contract without proxy at a new address is another contract';
    case 'chain-changed':
      return 'a network keeps its chain; every record of the file would belong to another one';
    case 'removed':
      return removedReason(change, around, say);
    case 'same-code-hash':
      return sameCodeReason(change, around, say);
    case 'known-elsewhere':
      return 'the new address is recorded under another name';
    case 'owner-changed':
      return 'who controls the contracts is another than before';
    case 'endpoint-changed':
      return 'whom the contracts believe across chains is another than before';
  }
}

function removedReason({ network, contract }: WeighedChange, { heirs }: Surroundings, say: Say): string {
  const heir = heirs.get(keyOf(network.network, contract?.name ?? ''));
  if (heir !== undefined) return `its address is now that of ${say(heir)}; renamed?`;
  return 'the contract stays on the chain; only its record goes';
}

function sameCodeReason({ network, contract }: WeighedChange, { upgrades }: Surroundings, say: Say): string {
  const twin = upgrades.get(contract?.name ?? '')?.find((upgrade) => upgrade.network !== network.network);
  if (twin === undefined) return 'the implementation is new and its code hash is the old one; forgotten here?';
  return `the upgrade on ${say(twin.network)} has the new code hash ${twin.hash}; forgotten here?`;
}

/** Whose the new addresses are already, one sentence per field. */
function knownReasons({ network, contract }: WeighedChange, { removed }: Surroundings, say: Say): string[] {
  const known = contract?.knownAs ?? [];
  return [...new Set(known.map(({ path }) => path))].flatMap((path) => {
    const [first, ...more] = known.filter((each) => each.path === path);
    if (first === undefined) return [];
    const holder = `${say(first.contract)} ${first.network === network.network ? 'here' : `on ${say(first.network)}`}`;
    const rest = more.length === 0 ? '' : ` and ${more.length.toLocaleString('en-US')} more`;
    const isGone = removed.has(keyOf(first.network, first.contract));
    return [`the new ${path} is already ${holder}${rest}${isGone ? ', which goes in the same change' : ''}`];
  });
}
