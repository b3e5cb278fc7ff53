import type { Diffed } from '../../commands/diff.js';
import { renderAcrossNetworks } from './across-networks.js';
import { countChanges, renderChanges } from './changes.js';
import { terminalSafe } from './escape.js';
import { paint } from './paint.js';
import type { Style } from './style.js';
import { counted } from './table.js';

/** A comparison with the words of whoever asked for it. */
export type ReviewedDiff = Diffed & {
  /** How the sides were named; '' where their commit says all. */
  readonly names: { readonly base: string; readonly head: string };
  /** The command line that shows it, `stateroot diff main...release`. */
  readonly command: string;
};

/** What changed, as a person reads it on a terminal; '' when nothing did. */
export function renderDiff(diff: ReviewedDiff, style: Style): string {
  const { networks, after, findings } = diff;
  if (networks.length === 0 && findings.length === 0) return '';
  const blocks = [
    headline(diff, style),
    unreadableLines(diff, style).join('\n'),
    renderChanges(networks, style, after),
    renderAcrossNetworks(networks, after, style),
    askedNote(diff) ?? '',
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}

/** A line for when there is nothing to show. */
export function noChangeText(diff: ReviewedDiff): string[] {
  if (diff.networks.length > 0 || diff.findings.length > 0) return [];
  return [`No change, ${sidesText(diff)}.`];
}

/** `main 135a9de to release/0.9 9f2c01d`. */
export function sidesText({ base, head, names }: ReviewedDiff): string {
  return `${sideText(base, names.base)} to ${sideText(head, names.head)}`;
}

/** Said when very many networks were left out; null when all were asked or none had to be. */
export function askedNote({ others }: Pick<Diffed, 'others'>): string | null {
  if (others === null || others.read >= others.of) return null;
  const [read, of] = [others.read, others.of].map((count) => count.toLocaleString('en-US'));
  return `Compared with ${read} of ${of} unchanged networks; --all-networks asks them all.`;
}

function headline(diff: ReviewedDiff, style: Style): string {
  const { changes, dangers, text } = countChanges(diff.networks);
  const danger =
    dangers === 0 ? '' : ` ${paint(style).red(`${dangers} ${dangers === 1 ? 'needs' : 'need'} a decision:`)}`;
  return `${changes === 0 ? 'No change that can be read' : text}, ${sidesText(diff)}.${danger}`;
}

function unreadableLines({ findings }: Diffed, style: Style): string[] {
  const pen = paint(style);
  const lines = findings.map(({ file, line, column, rule }) => {
    const position = line === undefined ? '' : `:${line}:${column ?? 1}`;
    return `${pen.red(`${pen.mark.error} COULD NOT BE READ`)}  ${terminalSafe(file)}${position}  ${terminalSafe(rule)}`;
  });
  return lines.length === 0 ? [] : [...lines, `  ${counted(lines.length, 'file')} compared with nothing`];
}

function sideText(oid: string | null, name: string): string {
  if (oid === 'worktree') return 'the work tree';
  if (oid === 'index') return 'the index';
  if (oid === null) return 'nothing';
  const short = oid.slice(0, 7);
  return name === '' || oid.startsWith(name) ? short : `${terminalSafe(name)} ${short}`;
}
