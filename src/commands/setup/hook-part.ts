import type { Checkout, CheckoutFile, Hooks } from '../../ports/checkout.js';
import type { Placing } from './block.js';
import { blockPart } from './block-part.js';
import { callsUs } from './calls-hook.js';
import { type GateHook, gateHooks, sharedScript } from './gate-hooks.js';
import type { Part } from './part.js';

const ownFile = '#!/bin/sh\n';
const shell = /^#!\s*\S*\/(?:env\s+(?:-S\s*)?)?(?:ba|da|k|z)?sh\b/;
// A command that may end the hook before its last line, or replace it.
const endsEarly = /^\s*(?:exec\b|exit\s*(?:0|\$|$))/m;

const purposes: Readonly<Record<GateHook, string>> = {
  'pre-commit': 'judges the state each commit is about to record',
  'pre-merge-commit': 'judges the state each merge is about to record',
  'pre-push': 'judges the state in every commit that is pushed',
};

type HookSpec = { readonly hook: GateHook; readonly script: string; readonly hooks: Hooks };

/** One hook of this clone, as one block where git or husky looks for it. `script` is its file in `hooks/`. */
export async function hookPart(checkout: Checkout, husky: boolean, { hook, script, hooks }: HookSpec): Promise<Part> {
  const path = hookPath(hooks, husky, hook);
  const part = await blockPart(checkout, {
    name: 'hook',
    path,
    body: bodyOf(script),
    detail: purposes[hook],
    tracked: husky || !path.startsWith(hooks.usual),
    executable: !husky,
    placing: (existing) => placingOf(existing, husky, hook),
    problem: (existing) => problemOf(existing, husky, hook),
  });
  const existing = await checkout.readFile(path);
  const foreign = !husky && !hooks.own;
  if (!foreign && part.state !== 'blocked') return part;
  const called = existing !== null && (husky || existing.executable) && callsUs(existing.text, hook);
  if (called) return { ...part, state: 'kept', detail: `calls stateroot already, it ${purposes[hook]}` };
  if (foreign) return { ...part, state: 'blocked', detail: foreignFolder(hooks, hook) };
  return existing?.regular === false ? { ...part, detail: `${part.detail}; ${addTo('what it runs', hook)}` } : part;
}

/** The text of one hook where a manager's configuration calls it. */
export function sharedScriptPart(checkout: Checkout, hook: GateHook, script: string): Promise<Part> {
  return blockPart(checkout, {
    name: 'hook',
    path: sharedScript(hook),
    body: bodyOf(script),
    detail: purposes[hook],
    tracked: true,
    executable: true,
    placing: () => ({ head: ownFile, place: 'end' }),
    problem: () => null,
  });
}

/** Every place where a block of ours may stand in this clone; managers put a hook aside under a name with an ending. */
export function hookPaths(hooks: Hooks): string[] {
  const folders = [hooks.folder, hooks.usual, ...(hooks.husky === null ? [] : [hooks.husky.folder])];
  const places = [...new Set(folders)].flatMap((folder) =>
    gateHooks.flatMap((hook) => ['', '.legacy', '.old'].map((end) => `${folder}/${hook}${end}`)),
  );
  return [...places, ...gateHooks.map(sharedScript)];
}

/** husky runs its own files; they are no hooks to git. */
export function hookPath({ folder, husky }: Hooks, byHusky: boolean, hook: GateHook): string {
  return `${byHusky && husky !== null ? husky.folder : folder}/${hook}`;
}

function bodyOf(script: string): string {
  return script.replace(/^#!.*\n/, '');
}

/**
 * A hook's last command decides, so ours comes first; husky stops at any failure, so ours judges what a formatter left.
 * Before a push it comes first always: it hands on what it has read from stdin, which others do not.
 */
function placingOf(existing: CheckoutFile | null, husky: boolean, hook: GateHook): Placing {
  const last = husky && hook !== 'pre-push' && (existing === null || !endsEarly.test(existing.text));
  return { head: husky ? '' : ownFile, place: last ? 'end' : 'top' };
}

function problemOf(existing: CheckoutFile, husky: boolean, hook: GateHook): string | null {
  const { text } = existing;
  if (text.includes('\0') || (text.startsWith('#!') && !shell.test(text))) {
    return `it is no shell script; call from it: stateroot hook ${hook}`;
  }
  // Making it executable would switch on what somebody switched off.
  if (!husky && !existing.executable) return 'git ignores it, it is not executable: chmod +x it or move it away';
  return null;
}

function foreignFolder({ folder, configured }: Hooks, hook: GateHook): string {
  if (folder === '/dev/null') {
    return 'core.hooksPath is /dev/null, so no hook runs; git config --unset core.hooksPath, then stateroot init';
  }
  const what =
    configured === null ? `${folder} leads out of this repository and` : `core.hooksPath is ${folder}, which`;
  return `${what} serves other repositories too; ${addTo(`its ${hook}`, hook)}`;
}

function addTo(place: string, hook: GateHook): string {
  return `add to ${place}: stateroot hook ${hook} || exit 1`;
}
