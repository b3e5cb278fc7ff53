import type { Checkout } from '../../ports/checkout.js';
import type { Part } from './part.js';

const key = 'stateroot.command';
const written = /^node '.+\/dist\/stateroot\.cjs'$/;

/** Where hooks find this installation when the project has none of its own (CONTRACT §8); in this clone only. */
export async function commandPart(checkout: Checkout, command: string): Promise<Part> {
  const current = await checkout.config(key);
  const ours = current !== null && written.test(current);
  return {
    name: 'git config',
    target: key,
    state: current === command ? 'present' : current === null || ours ? 'missing' : 'kept',
    action: 'set',
    detail: 'where hooks find stateroot, in this clone only',
    tracked: false,
    install: () => checkout.setConfig(key, command),
    remove: ours ? () => checkout.setConfig(key, null) : null,
  };
}
