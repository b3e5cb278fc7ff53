// One marked block in a file that is otherwise the user's. The first line says what has to be undone besides: whether
// the file was made for the block, or the user's last line had to be ended first. In YAML it is indented.
const notes = { plain: '', created: ' (made this file)', ended: ' (ended the line above)' } as const;
const block =
  /^( *)# >>> stateroot( \(made this file\)| \(ended the line above\))? >>>\n([^]*?)^\1# <<< stateroot <<<\n?/m;

export type Placing = {
  /** What a file that is made for the block begins with. */
  readonly head: string;
  /** Before everything but the `#!` line, or after everything. */
  readonly place: 'top' | 'end';
};

/** What stands in our block, null without one. */
export function blockBody(text: string): string | null {
  return block.exec(text)?.[3] ?? null;
}

/** The file with `body` in its block: in the one that is there, else in a new one. Null is no file. */
export function withBlock(text: string | null, body: string, { head, place }: Placing): string {
  if (text === null) return head + marked(body, notes.created);
  const existing = block.exec(text);
  if (existing !== null) {
    const before = text.slice(0, existing.index);
    return before + marked(body, existing[2] ?? '', existing[1]) + text.slice(existing.index + existing[0].length);
  }
  return insertBlock(text, { at: place === 'end' ? text.length : endOfShebang(text), indent: '', body });
}

/** A new block at an offset that begins a line, or at the end. The body's lines carry the indentation themselves. */
export function insertBlock(text: string, { at, indent, body }: { at: number; indent: string; body: string }): string {
  const before = text.slice(0, at);
  const unended = before !== '' && !before.endsWith('\n');
  return unended
    ? `${before}\n${marked(body, notes.ended, indent)}${text.slice(at)}`
    : before + marked(body, notes.plain, indent) + text.slice(at);
}

/** The file as it was before the block, byte for byte; null when there was none. */
export function withoutBlock(text: string, { head }: { head: string; place?: Placing['place'] }): string | null {
  const existing = block.exec(text);
  if (existing === null) return text;
  const before = text.slice(0, existing.index);
  const after = text.slice(existing.index + existing[0].length);
  if (existing[2] === notes.created && before === head && after === '') return null;
  // What was added after the block needs the line end that was added before it.
  return (existing[2] === notes.ended && after === '' ? before.slice(0, -1) : before) + after;
}

/** The same for a file of the user's own with any number of blocks, as YAML needs one for each hook. */
export function withoutBlocks(text: string): string {
  const rest = withoutBlock(text, { head: '' }) ?? '';
  return rest === text ? text : withoutBlocks(rest);
}

function marked(body: string, note: string, indent = ''): string {
  return `${indent}# >>> stateroot${note} >>>\n${body}${indent}# <<< stateroot <<<\n`;
}

function endOfShebang(text: string): number {
  if (!text.startsWith('#!')) return 0;
  const end = text.indexOf('\n');
  return end === -1 ? text.length : end + 1;
}
