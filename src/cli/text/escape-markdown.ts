import { terminalSafe } from './escape.js';
import { shortened } from './shortened.js';

/**
 * Text from a file as a Markdown code span on one line, in a table or not: nothing in it is markup, a mention, a reference
 * or a link. A pipe stands outside as an entity, because tables are split before code spans are read and no escape of it
 * is safe behind a backslash.
 */
export function markdownCode(text: string): string {
  return terminalSafe(text)
    .split('|')
    .map((part) => (part === '' ? '' : codeSpan(part)))
    .join('&#124;');
}

/**
 * A name or a label: as it is where it cannot be anything but words, else as code. No valid name is longer than 200
 * (FORMAT §5); of one that is, the start is enough, so that it pushes nothing else out.
 */
export function markdownText(text: string): string {
  const short = shortened(text, 200);
  return isPlain(short) ? short : markdownCode(short);
}

/** A link; the address is one of ours, the text is Markdown already. */
export function markdownLink(text: string, url: string | null): string {
  return url === null ? text : `[${text}](${url})`;
}

/** Words of letters and digits, none of which a viewer takes for the id of a commit. */
function isPlain(text: string): boolean {
  const isWords = /^[A-Za-z][A-Za-z0-9]*(?:,? [A-Za-z0-9]+)*$/.test(text);
  return isWords && !/\b[0-9a-f]{7,}\b/i.test(text);
}

/** The fence is longer than any run of backticks inside; a blank is added where one would be taken away. */
function codeSpan(text: string): string {
  const runs = text.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  const pad = /^`|`$/.test(text) || /^ .* $/.test(text) ? ' ' : '';
  return `${fence}${pad}${text}${pad}${fence}`;
}
