// Control characters (C0, DEL, C1), formats (bidi, zero-width, tags), lone surrogates, line separators, blank fillers.
const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/gu;
// A workflow log obeys `::command::` at the start of a line, blanks before it or not, and `##[command]` anywhere.
const command = /^\s*::|##(?=\[)/g;

/**
 * Text from a file, a name or a commit as a terminal or a log may show it: what would move the cursor, reorder or hide
 * text or be taken for a command of a CI log is spelled out, `\x1b` or `\u{202e}`. Line ends are escaped too; split before
 * where lines are meant.
 */
export function terminalSafe(text: string): string {
  return text.replace(unsafe, spelledOut).replace(command, (start) => start.slice(0, -1) + spelledOut(start.slice(-1)));
}

/** The same for a message of several lines: its line ends stay. */
export function terminalSafeLines(text: string): string[] {
  return text.split('\n').map(terminalSafe);
}

function spelledOut(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  return code < 0x100 ? `\\x${hex.padStart(2, '0')}` : `\\u{${hex}}`;
}
