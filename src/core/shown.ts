/** Text from outside as a message may show it: quoted, ASCII only, control characters and quotes escaped, cut after 100. */
export function shown(text: string): string {
  return `"${escaped(text.length > 100 ? `${text.slice(0, 100)}...` : text)}"`;
}

/** One line of printable ASCII: everything else, backslashes and quotes as `\uXXXX` or their short escape. */
export function escaped(text: string): string {
  return text.replace(/["\\]|[^\x20-\x7e]/g, (unit) => {
    if (unit === '"' || unit === '\\') return `\\${unit}`;
    if (unit === '\n') return '\\n';
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
