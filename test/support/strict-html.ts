import assert from 'node:assert/strict';

export type Element = {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Of a script or a style: what it holds, as it stands. */
  readonly raw: string;
};

const voids = new Set(['meta', 'input', 'br', 'hr', 'line', 'rect', 'circle']);
const attribute = /\s+([a-z][A-Za-z0-9-]*)(?:="([^"<>]*)")?/y;

/**
 * The elements of a page, read more strictly than a browser does: lower-case tags that are all closed in order, quoted
 * attributes, no bare `<` or `>` and no entity but numbers in text. What is not understood fails.
 */
export function strictElements(page: string): Element[] {
  const elements: Element[] = [];
  const open: string[] = [];
  const pattern = /<(?:!doctype html|!-- [a-z:]+ --|(\/?)([a-z][a-z0-9]*)([^<>]*))>|([^<]+)/gy;
  for (let at = 0; at < page.length; at = pattern.lastIndex) {
    pattern.lastIndex = at;
    const match = pattern.exec(page);
    assert.ok(match !== null, `not understood: ${page.slice(at, at + 80)}`);
    const [, close, name, rest = '', text] = match;
    if (text !== undefined) {
      assert.doesNotMatch(text, />|&(?!#\d+;)/, text.slice(0, 200));
    } else if (name !== undefined && close === '/') {
      assert.equal(open.pop(), name);
    } else if (name !== undefined) {
      const attributes = attributesOf(rest.replace(/\/$/, ''));
      let raw = '';
      if (name === 'script' || name === 'style') {
        const end = page.indexOf(`</${name}>`, pattern.lastIndex);
        raw = page.slice(pattern.lastIndex, end);
        pattern.lastIndex = end + name.length + 3;
      } else if (!voids.has(name)) open.push(name);
      elements.push({ name, attributes, raw });
    }
  }
  assert.deepEqual(open, []);
  return elements;
}

/** The text a browser takes an attribute or an element for. */
function decoded(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}

function attributesOf(text: string): Map<string, string> {
  const attributes = new Map<string, string>();
  for (let at = 0; at < text.length; at = attribute.lastIndex) {
    attribute.lastIndex = at;
    const match = attribute.exec(text);
    assert.ok(match !== null, `attributes not understood: ${text}`);
    const [, name = '', value = ''] = match;
    assert.ok(!attributes.has(name), `${name} twice`);
    attributes.set(name, decoded(value));
  }
  return attributes;
}
