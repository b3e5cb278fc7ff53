/** A cell of a table. Text outside code spans is text: `<file>` is no tag and `_` no emphasis. */
export function cell(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : part.replace(/[\\<>*_[\]]/g, '\\$&')))
    .join('')
    .replaceAll('|', '\\|');
}
