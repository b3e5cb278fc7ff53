import assert from 'node:assert/strict';
import { assertInert } from './inert.js';

/**
 * Text from data in Markdown: on one line, and nothing but code spans, words and the entity of a pipe. Code spans are found
 * as CommonMark does it: a run of backticks closes with the next run of the same length.
 */
export function assertInertMarkdown(text: string, about: string): void {
  assertInert(text, about);
  assert.ok(!text.includes('\n'), about);
  assert.match(withoutCode(text), /^(?:[A-Za-z][A-Za-z0-9, ]*|(?:&#124;)*)$/, about);
  assert.ok(!text.includes('|'), about);
}

/** What stands outside of code spans; an opening run that nothing closes stays. */
export function withoutCode(text: string): string {
  let rest = text;
  let outside = '';
  for (let run = /`+/.exec(rest); run !== null; run = /`+/.exec(rest)) {
    const behind = rest.slice(run.index + run[0].length);
    const close = new RegExp(`(?<!\`)${run[0]}(?!\`)`).exec(behind);
    outside += rest.slice(0, run.index) + (close === null ? run[0] : '');
    rest = close === null ? behind : behind.slice(close.index + run[0].length);
  }
  return outside + rest;
}

/** What a code span shows: its content without the blank on both sides (CommonMark 6.1). */
export function shownCode(span: string): string {
  const [fence = ''] = /^`+/.exec(span) ?? [];
  const content = span.slice(fence.length, -fence.length);
  return /^ .* $/.test(content) && content.trim() !== '' ? content.slice(1, -1) : content;
}

/** Text from data in HTML: no tag, no quote that ends an attribute, entities only. */
export function assertInertHtml(text: string, about: string): void {
  assertInert(text, about);
  assert.doesNotMatch(text, /[<>"'`]|&(?!#\d+;)/, about);
}
