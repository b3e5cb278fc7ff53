import { createHash } from 'node:crypto';

/** A text under a first line that ends with its hash, so that it is known whether anybody edited it. One character per byte. */
export function sealedText(line: string, text: string): string {
  return `${line}${digest(text)}\n${text}`;
}

/** Is it just what `sealedText` made, with this line? */
export function isSealedText(line: string, sealed: string): boolean {
  return sealed === sealedText(line, sealed.slice(sealed.indexOf('\n') + 1));
}

function digest(text: string): string {
  return createHash('sha256').update(text, 'latin1').digest('hex');
}
