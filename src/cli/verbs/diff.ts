import { type DiffRequest, diffRange } from '../../commands/diff.js';
import { hasErrors } from '../../core/finding.js';
import { shown } from '../../core/shown.js';
import { StateManagerError } from '../../errors.js';
import { flag, text } from '../arguments.js';
import type { Arguments, Verb } from '../command.js';
import { diffHtml } from '../text/diff-html.js';
import { diffMarkdown } from '../text/diff-markdown.js';
import { noChangeText, type ReviewedDiff, renderDiff } from '../text/diff-text.js';
import { renderFindings } from '../text/findings.js';
import type { Style } from '../text/style.js';

export const runDiff: Verb = async (args, context) => {
  const format = text(args, 'format');
  const link = requireLink(text(args, 'link'), format);
  const request = requestOf(args);
  const diffed = await diffRange(await context.openRepository(), request);
  const { base, head, networks, findings, others } = diffed;
  const review = { ...diffed, names: namesOf(request), command: commandOf(args) };
  const isCut = others !== null && others.read < others.of;
  const differs = networks.length > 0 && flag(args, 'exit-code');
  return {
    data: { base, head, networks, ...(isCut ? { others } : {}) },
    findings,
    exit: hasErrors(findings) || differs ? 1 : 0,
    text: (style) => rendered(review, { format, link }, style),
    notes: (style) =>
      [...(findings.length > 0 ? [renderFindings(findings, style)] : []), ...noChangeText(review)].join('\n'),
  };
};

function rendered(
  review: ReviewedDiff,
  { format, link }: { format: string | undefined; link: string | undefined },
  style: Style,
): string {
  if (format === 'md') return diffMarkdown(review, { link });
  return format === 'html' ? diffHtml(review) : renderDiff(review, style);
}

function requestOf(args: Arguments): DiffRequest {
  return {
    range: text(args, 'range'),
    staged: flag(args, 'staged'),
    unstaged: flag(args, 'unstaged'),
    mergeBase: flag(args, 'merge-base'),
    reverse: flag(args, 'reverse'),
    allNetworks: flag(args, 'all-networks'),
  };
}

/** How the sides were typed, for a headline that says more than two ids. */
function namesOf({ range = '', mergeBase, reverse }: DiffRequest): ReviewedDiff['names'] {
  const [, left, dots, right = ''] = /^(.*?)(\.\.\.?)(.*)$/s.exec(range) ?? [];
  const isParting = dots === '...' || mergeBase === true;
  const base = isParting ? 'merge base' : (left ?? (range === '' ? 'HEAD' : range));
  return reverse === true ? { base: right, head: base } : { base, head: right };
}

/** The same comparison as text, to be typed again. */
function commandOf(args: Arguments): string {
  const switches = ['staged', 'unstaged', 'merge-base', 'reverse', 'all-networks'].filter((name) => flag(args, name));
  const range = text(args, 'range');
  return ['stateroot diff', ...switches.map((name) => `--${name}`), ...(range === undefined ? [] : [range])].join(' ');
}

/** Only what can stand in a link as it is, and only where there is something to link from. */
function requireLink(link: string | undefined, format: string | undefined): string | undefined {
  if (link === undefined) return link;
  if (format !== 'md') {
    throw new StateManagerError('BAD_USAGE', '--link belongs to --format md.', { hint: 'stateroot help diff' });
  }
  if (/^https:\/\/[A-Za-z0-9][A-Za-z0-9._~:/?#@!$&'*+,;=%-]*$/.test(link)) return link;
  throw new StateManagerError('BAD_USAGE', `--link ${shown(link)} is no https address.`, {
    hint: 'give the address of the page that holds everything, https://…',
  });
}
