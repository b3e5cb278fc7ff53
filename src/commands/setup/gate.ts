import type { Checkout, Hooks } from '../../ports/checkout.js';
import { blockBody, withoutBlocks } from './block.js';
import { callsHook, callsUs } from './calls-hook.js';
import { type GateHook, gateHooks, sharedScript } from './gate-hooks.js';
import { hookPath } from './hook-part.js';
import { type HookManager, managerOf, stubs, wakeCommand } from './manager.js';

/** Does git ask us in this clone before it records or sends? `reason` says why not, `fix` is the command. */
export type Gate = {
  readonly active: boolean;
  readonly hook: GateHook;
  readonly path: string;
  readonly reason: string | null;
  readonly fix: string | null;
};

type Flaw = { path: string; reason: string; fix: string };

/** Each hook of the gate, in the order of `gateHooks`. */
export async function gatesOf(checkout: Checkout, hooks: Hooks): Promise<Gate[]> {
  const manager = await managerOf(checkout, hooks);
  return await Promise.all(
    gateHooks.map(async (hook) => {
      const path = hookPath(hooks, manager?.name === 'husky', hook);
      const flaw = await flawOf(checkout, hooks, manager, { hook, path });
      return {
        active: flaw === null,
        hook,
        path: flaw?.path ?? path,
        reason: flaw?.reason ?? null,
        fix: flaw?.fix ?? null,
      };
    }),
  );
}

/** The gate as a whole: its first hook that does not work, else the first. */
export async function gateOf(checkout: Checkout, hooks: Hooks): Promise<Gate> {
  const gates = await gatesOf(checkout, hooks);
  const [first] = gates;
  const weakest = gates.find((gate) => !gate.active) ?? first;
  if (weakest === undefined) throw new Error('the gate has no hook');
  return weakest;
}

async function flawOf(
  checkout: Checkout,
  hooks: Hooks,
  manager: HookManager | null,
  { hook, path }: { hook: GateHook; path: string },
): Promise<Flaw | null> {
  const file = await checkout.readFile(path);
  if (manager === null || manager.name === 'husky') {
    if (file === null) return flaw(path, `there is no ${hook} hook`);
    if (!callsUs(file.text, hook)) return flaw(path, `the ${hook} hook does not call stateroot`);
    if (manager !== null) return manager.active ? null : { ...flaw(path, asleep(manager)), fix: wakeCommand(manager) };
    return file.executable ? null : { ...flaw(path, `the ${hook} hook is not executable`), fix: `chmod +x ${path}` };
  }
  // A block from before the manager came works as ever.
  if (file?.executable === true && blockBody(file.text) !== null) return null;
  const config = await checkout.readFile(manager.config);
  if (!callsHook(config?.text ?? '', hook))
    return flaw(manager.config, `${manager.name} does not call stateroot for ${hook}`);
  const script = sharedScript(hook);
  const shared = await checkout.readFile(script);
  const byBlock = !new RegExp(`\\bhook ${hook}(?![\\w-])`).test(withoutBlocks(config?.text ?? ''));
  if (byBlock && (shared === null || blockBody(shared.text) === null))
    return flaw(script, `${script} does not call stateroot`);
  const called = file?.executable === true && stubs[manager.name].test(file.text);
  return called ? null : { ...flaw(path, asleep(manager)), fix: wakeCommand(manager) };
}

function flaw(path: string, reason: string): Flaw {
  return { path, reason, fix: 'stateroot init' };
}

function asleep({ name }: HookManager): string {
  return `${name} does not run in this clone`;
}
