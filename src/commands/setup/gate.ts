import type { Checkout, Hooks } from '../../ports/checkout.js';
import { blockBody } from './block.js';
import { hookPlace } from './hook-part.js';

/** Does git ask us before it commits in this clone? `reason` says why not. */
export type Gate = { readonly active: boolean; readonly path: string; readonly reason: string | null };

export async function gateOf(checkout: Checkout, hooks: Hooks): Promise<Gate> {
  const { path, husky } = hookPlace(hooks);
  const file = await checkout.readFile(path);
  const reason =
    file === null
      ? 'there is no pre-commit hook'
      : blockBody(file.text) === null && !/\bhook pre-commit\b/.test(file.text)
        ? 'the pre-commit hook does not call stateroot'
        : husky
          ? asleep(hooks)
          : file.executable
            ? null
            : 'the pre-commit hook is not executable';
  return { active: reason === null, path, reason };
}

function asleep(hooks: Hooks): string | null {
  return hooks.husky?.active === true ? null : 'husky does not run in this clone';
}
