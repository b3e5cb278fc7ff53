/** What a workflow is made of. Keys keep their order. */
export type Yaml = string | number | boolean | null | Yaml[] | { [key: string]: Yaml };

type Line = { readonly indent: number; readonly text: string; readonly raw: string; readonly number: number };

/**
 * A strict reader of the YAML that our workflows are written in: block mappings and sequences, `|` blocks, flow lists and
 * `{}`, plain and quoted words. Anything else throws, so that no workflow is judged by half of what it says.
 */
export function parseWorkflow(text: string): { [key: string]: Yaml } {
  const lines = text.split('\n').map(
    (raw, at): Line => ({
      indent: raw.length - raw.trimStart().length,
      text: raw.trim(),
      raw,
      number: at + 1,
    }),
  );
  const reader = { lines, at: 0 };
  const value = block(reader, 0);
  if (peek(reader) !== undefined) throw new Error(`line ${String(peek(reader)?.number)}: belongs to nothing`);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('a workflow is a mapping');
  return value;
}

type Reader = { readonly lines: readonly Line[]; at: number };

/** The next line that says something. */
function peek(reader: Reader): Line | undefined {
  while (reader.at < reader.lines.length) {
    const line = reader.lines[reader.at];
    if (line !== undefined && line.text !== '' && !line.text.startsWith('#')) return line;
    reader.at += 1;
  }
  return undefined;
}

function block(reader: Reader, indent: number): Yaml {
  const first = peek(reader);
  if (first === undefined || first.indent < indent) return null;
  return first.text.startsWith('- ') ? sequence(reader, first.indent) : mapping(reader, first.indent);
}

function sequence(reader: Reader, indent: number): Yaml[] {
  const items: Yaml[] = [];
  for (let line = peek(reader); line?.indent === indent && line.text.startsWith('- '); line = peek(reader)) {
    const inner = line.text.slice(2);
    if (!isEntry(inner)) {
      reader.at += 1;
      items.push(scalar(inner, line));
      continue;
    }
    // The item is a mapping that begins behind the dash.
    const lines = [...reader.lines];
    lines[reader.at] = { ...line, indent: indent + 2, text: inner };
    const item = { lines, at: reader.at };
    items.push(mapping(item, indent + 2));
    reader.at = item.at;
  }
  return items;
}

function mapping(reader: Reader, indent: number): { [key: string]: Yaml } {
  const found: { [key: string]: Yaml } = {};
  for (let line = peek(reader); line !== undefined && line.indent >= indent; line = peek(reader)) {
    const [, key, rest = ''] = /^([\w-]+):(?: (.*))?$/.exec(line.text) ?? [];
    if (line.indent !== indent || key === undefined || Object.hasOwn(found, key)) {
      throw new Error(`line ${line.number}: no entry of this mapping, or one twice: ${line.text}`);
    }
    reader.at += 1;
    if (rest === '|') found[key] = literal(reader, indent);
    else if (rest !== '' && !rest.startsWith('#')) found[key] = scalar(rest, line);
    else {
      const next = peek(reader);
      found[key] = next !== undefined && next.indent > indent ? block(reader, next.indent) : null;
    }
  }
  return found;
}

function literal(reader: Reader, indent: number): string {
  const taken: Line[] = [];
  for (let line = reader.lines[reader.at]; line !== undefined; line = reader.lines[reader.at]) {
    if (line.text !== '' && line.indent <= indent) break;
    taken.push(line);
    reader.at += 1;
  }
  const inner = Math.min(...taken.filter(({ text }) => text !== '').map((line) => line.indent));
  return `${taken
    .map(({ raw }) => raw.slice(inner))
    .join('\n')
    .trimEnd()}\n`;
}

function scalar(text: string, line: Line): Yaml {
  const quoted = /^'((?:[^']|'')*)'(?: +#.*)?$/.exec(text);
  if (quoted !== null) return (quoted[1] ?? '').replaceAll("''", "'");
  const list = /^\[([^[\]{}]*)\](?: +#.*)?$/.exec(text);
  if (list !== null) {
    return (list[1] ?? '')
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .map((part) => scalar(part, line));
  }
  if (/^\{\}$/.test(text)) return {};
  const plain = text.replace(/ +#.*$/, '');
  if (/^[>|&*!%@`"'[\]{},?]/.test(plain) || /: |:$/.test(plain)) {
    throw new Error(`line ${line.number}: this reader does not know ${text}`);
  }
  if (plain === 'true' || plain === 'false') return plain === 'true';
  if (plain === 'null' || plain === '~') return null;
  return /^-?\d+$/.test(plain) ? Number(plain) : plain;
}

function isEntry(text: string): boolean {
  return /^[\w-]+:(?: |$)/.test(text);
}
