// What JSON.stringify leaves as it is: DEL and C1, formats (bidi, zero-width, tags), line separators, blank fillers.
const unsafe = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/gu;

/**
 * A JSON document that is inert in a terminal and in a workflow log, and reads as the same value: what would move the
 * cursor, hide text, or is taken for a log command (`##[`) stands as `\uXXXX`.
 */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, null, 2);
  return text.replace(unsafe, unicodeEscapes).replaceAll('##[', '##\\u005b');
}

function unicodeEscapes(character: string): string {
  return Array.from({ length: character.length }, (_, i) => character.charCodeAt(i))
    .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
    .join('');
}
