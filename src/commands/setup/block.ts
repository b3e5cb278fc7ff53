// One marked block in a file that is otherwise the user's. The first line says what has to be undone besides: whether
// the file was made for the block, or the user's last line had to be ended first.
const notes = { plain: '', created: ' (made this file)', ended: ' (ended the line above)' } as const;
const block = /^# >>> stateroot( \(made this file\)| \(ended the line above\))? >>>\n([^]*?)^# <<< stateroot <<<\n?/m;

export type Placing = {
  /** What a file that is made for the block begins with. */
  readonly head: string;
  /** Before everything but the `#!` line, or after everything. */
  readonly place: 'top' | 'end';
};

/** What stands in our block, null without one. */
export function blockBody(text: string): string | null {
  return block.exec(text)?.[2] ?? null;
}

/** The file with `body` in its block: in the one that is there, else in a new one. Null is no file. */
export function withBlock(text: string | null, body: string, { head, place }: Placing): string {
  if (text === null) return head + marked(body, notes.created);
  const existing = block.exec(text);
  if (existing !== null) {
    const before = text.slice(0, existing.index);
    return before + marked(body, existing[1] ?? '') + text.slice(existing.index + existing[0].length);
  }
  const at = place === 'end' ? text.length : endOfShebang(text);
  const before = text.slice(0, at);
  const unended = before !== '' && !before.endsWith('\n');
  return unended
    ? `${before}\n${marked(body, notes.ended)}${text.slice(at)}`
    : before + marked(body, notes.plain) + text.slice(at);
}

/** The file as it was before the block, byte for byte; null when there was none. */
export function withoutBlock(text: string, { head }: Placing): string | null {
  const existing = block.exec(text);
  if (existing === null) return text;
  const before = text.slice(0, existing.index);
  const after = text.slice(existing.index + existing[0].length);
  if (existing[1] === notes.created && before === head && after === '') return null;
  // What was added after the block needs the line end that was added before it.
  return (existing[1] === notes.ended && after === '' ? before.slice(0, -1) : before) + after;
}

function marked(body: string, note: string): string {
  return `# >>> stateroot${note} >>>\n${body}# <<< stateroot <<<\n`;
}

function endOfShebang(text: string): number {
  if (!text.startsWith('#!')) return 0;
  const end = text.indexOf('\n');
  return end === -1 ? text.length : end + 1;
}
