import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { diffHtml } from '../../src/cli/text/diff-html.js';
import { diffMarkdown } from '../../src/cli/text/diff-markdown.js';
import { type ReviewedDiff, renderDiff } from '../../src/cli/text/diff-text.js';
import { htmlText } from '../../src/cli/text/escape-html.js';
import { markdownCode, markdownText } from '../../src/cli/text/escape-markdown.js';
import { terminalSafe } from '../../src/cli/text/escape.js';
import type { ContractChange } from '../../src/core/diff/diff.js';
import { fileWith, record } from '../support/arbitrary-state.js';
import { terminal } from '../support/verb-context.js';
import { strings } from './corpus.js';
import { assertInert } from './inert.js';
import { assertInertHtml, assertInertMarkdown, withoutCode } from './inert-markup.js';

/** Every place of a review that can hold text from a file, holding this one: one danger and one harmless change. */
function hostile(text: string): ReviewedDiff {
  const field = (path: string) => ({ path, before: [text, { [text]: text }], after: `${text}!` });
  const change: ContractChange = {
    name: text,
    category: text,
    status: 'modified',
    kind: 'upgrade',
    danger: null,
    fields: [field('note'), field(`x-${text}`), { path: 'implementationHash', before: text, after: `${text}?` }],
  };
  const danger: ContractChange = {
    ...change,
    danger: 'known-elsewhere',
    knownAs: [{ path: 'proxy', network: `${text}.`, contract: text }],
  };
  const network = (name: string) => ({
    network: name,
    chainId: 97,
    status: 'modified' as const,
    renamedFrom: text,
    contracts: [danger, { ...change, kind: 'deploy' as const }, { ...change, kind: 'metadata' as const }],
    sections: [{ path: `/${text}`, before: text, after: 1 }],
  });
  const running = (name: string, hash: string) => {
    const file = fileWith(record(text, { proxy: text, implementationHash: hash }));
    return [name, { ...file, network: name }] as const;
  };
  return {
    base: 'a'.repeat(40),
    head: 'worktree',
    networks: [network(text)],
    findings: [
      {
        rule: 'json-syntax',
        severity: 'error',
        network: text,
        file: text,
        line: 1,
        column: 1,
        path: '',
        message: text,
      },
    ],
    after: new Map([running(text, text), running(`${text}2`, `${text}3`)]),
    others: null,
    total: 2,
    names: { base: text, head: text },
    command: `stateroot diff ${text}`,
  };
}

describe(`a review of ${strings.length} naughty strings`, () => {
  it('is inert in Markdown and in HTML, one by one', () => {
    for (const text of strings) {
      assertInertMarkdown(markdownCode(text), text);
      assertInertMarkdown(markdownText(text), text);
      assertInertHtml(htmlText(text), text);
      assert.equal(decoded(htmlText(text)), terminalSafe(text));
    }
  });

  it('as a comment has the lines, cells and tags of a calm one', () => {
    const calm = shapeOf(diffMarkdown(hostile('!calm!')));
    for (const text of strings) {
      if (text === '') continue;
      const markdown = diffMarkdown(hostile(text));
      assertInert(markdown, text);
      assert.deepEqual(shapeOf(markdown), calm, text);
    }
  });

  it('as a page has the tags of a calm one', () => {
    const tags = (page: string) => page.match(/<[^>]*>/g)?.map((tag) => tag.replace(/href="[^"]*"/, ''));
    const calm = tags(diffHtml(hostile('!calm!')));
    for (const text of strings) {
      if (text === '') continue;
      const page = diffHtml(hostile(text));
      assertInert(page, text);
      assert.deepEqual(tags(page), calm, text);
    }
  });

  it('on a terminal is inert', () => {
    for (const text of strings) assertInert(renderDiff(hostile(text), terminal), text);
  });
});

/** Of each line outside of code: the pipes, the tags and the punctuation that Markdown obeys. */
function shapeOf(markdown: string): string[] {
  return markdown.split('\n').map((line) =>
    withoutCode(line)
      .replaceAll('&#124;', '')
      .replace(/<code>[^<]*<\/code>/g, '<code></code>')
      .replace(/[^|<>/@#[\]()`*_\\]/g, ''),
  );
}

function decoded(html: string): string {
  return html.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}
