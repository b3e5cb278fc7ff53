import type { GateHook } from './gate-hooks.js';

/** A manager's configuration with our lines in it; or why no place for them is certain, and the lines to add by hand. */
export type Surgery =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: string; readonly lines: string };

/** Adds the hooks to a text without any block of ours. Only adds: taking the blocks out gives the text back. */
export type AddHooks = (text: string, hooks: readonly GateHook[]) => Surgery;

export function indented(lines: string, indent: string): string {
  return lines.replace(/^(?=.)/gm, indent);
}
