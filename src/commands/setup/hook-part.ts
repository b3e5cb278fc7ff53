import type { Checkout, CheckoutFile, Hooks } from '../../ports/checkout.js';
import type { Placing } from './block.js';
import { blockPart } from './block-part.js';
import type { Part } from './part.js';

const ownFile = '#!/bin/sh\n';
const shell = /^#!\s*\S*\/(?:env\s+)?(?:ba|da|k|z)?sh\b/;
// A command that may end the hook before its last line, or replace it.
const endsEarly = /^\s*(?:exec\b|exit\s*(?:0|\$|$))/m;

/** The pre-commit hook of this clone, as one block where git or husky looks for it. `script` is `hooks/pre-commit`. */
export async function hookPart(checkout: Checkout, script: string, hooks: Hooks): Promise<Part> {
  const { path, husky } = hookPlace(hooks);
  const part = await blockPart(checkout, {
    name: 'hook',
    path,
    body: script.replace(/^#!.*\n/, ''),
    detail: 'judges the state each commit is about to record',
    tracked: husky || !path.startsWith(hooks.usual),
    executable: !husky,
    placing: (existing) => placingOf(existing, husky),
    problem: (existing) => problemOf(existing, husky),
  });
  return husky || hooks.own ? part : { ...part, state: 'blocked', detail: foreignFolder(hooks.folder) };
}

/** Every place where a block of ours may stand in this clone. */
export function hookPaths(hooks: Hooks): string[] {
  const folders = [hooks.folder, hooks.usual, ...(hooks.husky === null ? [] : [hooks.husky.folder])];
  return [...new Set(folders)].map((folder) => `${folder}/pre-commit`);
}

/** husky runs its own files; it is left aside only where git was told to look somewhere else. */
export function hookPlace(hooks: Hooks): { path: string; husky: boolean } {
  const { husky } = hooks;
  if (husky !== null && (husky.active || hooks.configured === null)) {
    return { path: `${husky.folder}/pre-commit`, husky: true };
  }
  return { path: `${hooks.folder}/pre-commit`, husky: false };
}

/** A hook's last command decides, so ours comes first; husky stops at any failure, so ours judges what a formatter left. */
function placingOf(existing: CheckoutFile | null, husky: boolean): Placing {
  const last = husky && (existing === null || !endsEarly.test(existing.text));
  return { head: husky ? '' : ownFile, place: last ? 'end' : 'top' };
}

function problemOf(existing: CheckoutFile, husky: boolean): string | null {
  const { text } = existing;
  if (text.includes('\0') || (text.startsWith('#!') && !shell.test(text))) {
    return 'it is no shell script; call from it: stateroot hook pre-commit';
  }
  // Making it executable would switch on what somebody switched off.
  if (!husky && !existing.executable) return 'git ignores it, it is not executable: chmod +x it or move it away';
  return null;
}

function foreignFolder(folder: string): string {
  return `core.hooksPath is ${folder}, which serves other repositories too; add to its pre-commit: stateroot hook pre-commit || exit 1`;
}
