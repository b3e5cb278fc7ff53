import { StateManagerError } from '../../errors.js';
import { shown } from '../../core/shown.js';
import type { Checkout, Hooks } from '../../ports/checkout.js';
import type { Part } from './part.js';

const key = 'core.hooksPath';
const record = 'stateroot.hooksPath';

/** `core.hooksPath`, only on request: it silences the hooks git ran until now. */
export async function hooksPathPart(checkout: Checkout, hooks: Hooks, requested: string | null): Promise<Part | null> {
  const recorded = await checkout.config(record);
  if (requested === null && recorded === null) return null;
  const folder = requested ?? recorded ?? '';
  const others = hooks.configured !== null && hooks.configured !== folder;
  return {
    name: 'git config',
    target: key,
    state: hooks.configured === folder ? 'present' : others ? 'blocked' : 'missing',
    action: 'set',
    detail: others
      ? `it is ${hooks.configured} already; take that out first: git config --unset ${key}`
      : `${folder}, in this clone only; hooks in ${hooks.usual} no longer run`,
    tracked: false,
    async install() {
      await checkout.setConfig(record, folder);
      await checkout.setConfig(key, folder);
    },
    remove: recorded === null ? null : () => unset(checkout, recorded),
  };
}

/** The hooks as they will be with `--hooks-path`. Throws BAD_USAGE for a folder outside the work tree. */
export function requestedHooks(hooks: Hooks, requested: string): Hooks {
  const folder = requested.replace(/\/+$/, '');
  if (folder === '' || folder.startsWith('/') || /^[A-Za-z]:|\\|(?:^|\/)\.{1,2}(?:\/|$)/.test(folder)) {
    throw new StateManagerError('BAD_USAGE', `--hooks-path ${shown(requested)} is no folder inside the work tree.`, {
      hint: 'a path relative to its top, for example --hooks-path .githooks',
    });
  }
  return { ...hooks, folder, own: true, husky: null };
}

async function unset(checkout: Checkout, recorded: string): Promise<void> {
  if ((await checkout.config(key)) === recorded) await checkout.setConfig(key, null);
  await checkout.setConfig(record, null);
}
