import { blockBody } from './block.js';
import type { GateHook } from './gate-hooks.js';

/** Does a configuration or a hook call us for this hook by a line of its own? What a comment says is no call. */
export function callsHook(text: string, hook: string): boolean {
  const lines = text.replace(/^\s*(?:#|\/\/).*$/gm, '');
  return new RegExp(`\\.stateroot/hooks/${hook}(?![\\w-])|\\bhook ${hook}(?![\\w-])`).test(lines);
}

/** Does a hook call us, by our block or otherwise? A merge and a commit are judged alike, by either name. */
export function callsUs(text: string, hook: GateHook): boolean {
  const names = hook === 'pre-merge-commit' ? [hook, 'pre-commit'] : [hook];
  return blockBody(text) !== null || names.some((name) => callsHook(text, name));
}
