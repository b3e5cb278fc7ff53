import { isObject, type Json, member } from '../../core/json.js';
import type { Diagnostics } from '../diagnostics/collect-diagnostics.js';
import { jsonText } from './escape-json.js';
import { markdownCode } from './escape-markdown.js';

const marks = new Map([
  ['ok', '✔'],
  ['warning', '▲'],
  ['error', '✖'],
]);

/** For an issue: what is not well on top, the whole document folded below. */
export function diagnosticsMarkdown(document: Diagnostics): string {
  const checks = [...itemsOf(member(document, 'doctor')), ...itemsOf(member(document, 'health'))];
  const failed = itemsOf(member(document, 'errors'));
  const wrong = checks.filter((check) => textAt(check, 'severity') !== 'ok');
  return [
    '### stateroot diagnostics',
    '',
    `${versionLine(document)}, ${markdownCode(textAt(document, 'generatedAt'))}`,
    '',
    ...failed.map((one) => `- ✖ ${markdownCode(textAt(one, 'section'))} ${markdownCode(textAt(one, 'message'))}`),
    ...wrong.map(
      (one) =>
        `- ${marks.get(textAt(one, 'severity')) ?? ''} ${markdownCode(textAt(one, 'message').replaceAll('\n', '; '))}`,
    ),
    `- ${marks.get('ok') ?? ''} ${checks.length - wrong.length} of ${checks.length} checks are well`,
    '',
    '<details><summary>All of it</summary>',
    '',
    fenced(jsonText(document)),
    '',
    '</details>',
    '',
  ].join('\n');
}

function versionLine(document: Diagnostics): string {
  const versions = member(document, 'versions') ?? null;
  const platform = member(document, 'platform') ?? null;
  const git = member(document, 'git') ?? null;
  return [
    `stateroot ${markdownCode(textAt(versions, 'stateroot'))}`,
    `node ${markdownCode(textAt(versions, 'node'))}`,
    ...(textAt(git, 'gitVersion') === '' ? [] : [`git ${markdownCode(textAt(git, 'gitVersion'))}`]),
    markdownCode(`${textAt(platform, 'system')} ${textAt(platform, 'processor')}`),
  ].join(', ');
}

/** Longer than any run of backticks inside. */
function fenced(text: string): string {
  const runs = text.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
  return `${fence}json\n${text}\n${fence}`;
}

function itemsOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

function textAt(value: Json, key: string): string {
  const found = isObject(value) ? member(value, key) : undefined;
  return typeof found === 'string' ? found : '';
}
