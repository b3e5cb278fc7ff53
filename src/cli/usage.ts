import type { VerbEntry } from './program/verb-entry.js';

/** `stateroot put <network> <name>`: how a verb is called, flags apart. */
export function usageOf(verb: VerbEntry): string {
  const words = verb.positionals.map((slot) => {
    const shown = slot.choices?.length === 1 ? (slot.choices[0] ?? '') : `<${slot.shown ?? slot.name}>`;
    const named = slot.repeat === true ? `${shown}…` : shown;
    return slot.required ? named : `[${named}]`;
  });
  return ['stateroot', verb.name, ...words].join(' ');
}
