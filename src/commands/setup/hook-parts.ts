import type { Checkout, Hooks } from '../../ports/checkout.js';
import { type GateHook, gateHooks } from './gate-hooks.js';
import { hookPart, sharedScriptPart } from './hook-part.js';
import type { HookManager } from './manager.js';
import { managerPart } from './manager-part.js';
import type { Part } from './part.js';

/** The texts of the hooks, as shipped in `hooks/`. */
export type HookScripts = Readonly<Record<GateHook, string>>;

/** Every hook of the gate: through the manager where there is one, else where git looks. */
export async function hookParts(
  checkout: Checkout,
  scripts: HookScripts,
  hooks: Hooks,
  manager: HookManager | null,
): Promise<Part[]> {
  if (manager === null || manager.name === 'husky') {
    const husky = manager !== null;
    return await Promise.all(
      gateHooks.map((hook) => hookPart(checkout, husky, { hook, script: scripts[hook], hooks })),
    );
  }
  const shared = await Promise.all(gateHooks.map((hook) => sharedScriptPart(checkout, hook, scripts[hook])));
  return [...shared, await managerPart(checkout, manager)];
}
