/** A line that is neither blank nor a comment; offsets into the text, `end` behind its line end. */
export type YamlLine = { readonly start: number; readonly end: number; readonly indent: number; readonly text: string };

/**
 * The lines of a YAML file in the one shape that text may safely be added to: a block mapping at column 0, no tabs, one
 * document. Null for any other. Lines of a block scalar are among them; they are always deeper than its key.
 */
export function yamlLines(text: string): YamlLine[] | null {
  const lines: YamlLine[] = [];
  for (const match of text.matchAll(/[^\n]*(?:\n|$)/g)) {
    const line = match[0].replace(/\r?\n$/, '');
    const content = line.trimStart();
    if (content === '' || content.startsWith('#')) continue;
    const indent = line.length - content.length;
    if (line.slice(0, indent).includes('\t') || text.startsWith('\u00ef\u00bb\u00bf')) return null;
    lines.push({ start: match.index, end: match.index + match[0].length, indent, text: content });
  }
  const body = lines[0]?.text === '---' ? lines.slice(1) : lines;
  const roots = body.filter((line) => line.indent === 0 && !/^- /.test(line.text));
  const odd = roots.some(({ text: root }) => !/^[\w.$/-]+:(?:\s|$)/.test(root));
  return odd || (body[0]?.indent ?? 0) !== 0 || /^-(?: |$)/.test(body[0]?.text ?? '') ? null : body;
}

/** Where the mapping or list under a line ends: the next line that is not deeper. */
export function childrenOf(lines: readonly YamlLine[], parent: YamlLine): readonly YamlLine[] {
  const rest = lines.slice(lines.indexOf(parent) + 1);
  const end = rest.findIndex((line) => line.indent <= parent.indent);
  return end === -1 ? rest : rest.slice(0, end);
}

/** Is this the line of a key whose value stands below it, and nothing else? */
export function opensKey(line: YamlLine, key: string): boolean {
  return line.text.startsWith(`${key}:`) && /^\s*(?:#.*)?$/.test(line.text.slice(key.length + 1));
}
