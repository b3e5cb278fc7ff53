import type { Random } from '../fuzz/random.js';
import { type Contract, networkText, proxied } from './deployments.js';

type Contracts = Readonly<Record<string, Contract>>;

/** Three versions of one network file, as canonical text; both sides differ from the base. */
export type MergeCase = { readonly base: string; readonly ours: string; readonly theirs: string };

const names = ['Token', 'Vault', 'Oracle', 'Router', 'FeeManager', 'Bridge', 'constructorOf', '10', '9', 'Vault#usdc'];

/** Any two edits of a file: different records, the same ones, the same way or not. */
export function anyMerge(random: Random): MergeCase {
  const base = someContracts(random, 1 + random.below(8));
  const sides = [edited(random, base), edited(random, base)];
  // As often as not somebody else has made one of the edits too.
  const shared = random.below(4) === 0 ? edited(random, base) : base;
  const [ours, theirs] = shared === base ? sides : [edited(random, shared), edited(random, shared)];
  const texts = { base: textOf(base), ours: textOf(ours ?? base), theirs: textOf(theirs ?? base) };
  return texts.ours === texts.base || texts.theirs === texts.base ? anyMerge(random) : texts;
}

/** Two branches that add different contracts, or change different ones. */
export function separateMerge(random: Random): MergeCase {
  const base = someContracts(random, 2 + random.below(30));
  const [first = '', second = ''] = shuffled(random, Object.keys(base));
  const isAdding = random.below(2) === 0;
  const side = (name: string, added: string) =>
    textOf(
      isAdding ? { ...base, [added]: contract(random, added) } : { ...base, [name]: proxied(name, `new ${name}`) },
    );
  const fresh = shuffled(
    random,
    Array.from({ length: 40 }, (_, at) => `New${at}`),
  );
  return { base: textOf(base), ours: side(first, fresh[0] ?? ''), theirs: side(second, fresh[1] ?? '') };
}

function someContracts(random: Random, count: number): Contracts {
  const more = Array.from({ length: Math.max(0, count - names.length) }, (_, at) => `Contract${at}`);
  const chosen = shuffled(random, [...names, ...more]).slice(0, count);
  return Object.fromEntries(chosen.map((name) => [name, contract(random, name)]));
}

function contract(random: Random, name: string): Contract {
  const fields = proxied(name, random.below(3), {
    ...(random.below(2) === 0 ? {} : { deploymentArgs: [random.below(3), 'x'] }),
    ...(random.below(2) === 0 ? {} : { artifact: `${name}.sol:${name}` }),
    ...(random.below(2) === 0 ? {} : { note: { a: random.below(2), b: random.below(2) } }),
  });
  return { ...fields, category: ['core', 'protocol', 'infrastructure'][random.below(3)] ?? 'core' };
}

function edited(random: Random, contracts: Contracts): Contracts {
  let next = contracts;
  for (let left = 1 + random.below(3); left > 0; left -= 1) next = editedOnce(random, next);
  return next;
}

function editedOnce(random: Random, contracts: Contracts): Contracts {
  const [name = 'Token'] = shuffled(random, Object.keys(contracts));
  const current = contracts[name];
  const kind = current === undefined ? 0 : random.below(6);
  if (kind === 0) {
    const [added = 'Token'] = shuffled(random, [...names, 'Sale', 'Safe', 'Zap']);
    return { ...contracts, [added]: contract(random, added) };
  }
  if (kind === 1) return Object.fromEntries(Object.entries(contracts).filter(([other]) => other !== name));
  if (kind === 2)
    return { ...contracts, [name]: { ...current, fields: { ...current?.fields, note: random.below(3) } } };
  if (kind === 3)
    return { ...contracts, [name]: { ...current, fields: { ...current?.fields, artifact: `v${random.below(3)}` } } };
  const upgrade = proxied(name, random.below(5)).fields;
  return { ...contracts, [name]: { ...current, fields: { ...current?.fields, ...upgrade } } };
}

function textOf(contracts: Contracts): string {
  return networkText('bsctestnet', 97, contracts);
}

function shuffled(random: Random, items: readonly string[]): string[] {
  const rest = [...items];
  const order: string[] = [];
  while (rest.length > 0) order.push(...rest.splice(random.below(rest.length), 1));
  return order;
}
