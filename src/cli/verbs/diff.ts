import { type Diffed, diffRange } from '../../commands/diff.js';
import { hasErrors } from '../../core/finding.js';
import { flag, text } from '../arguments.js';
import type { Verb } from '../command.js';
import { renderAcrossNetworks } from '../text/across-networks.js';
import { countChanges, renderChanges } from '../text/changes.js';
import { terminalSafe } from '../text/escape.js';
import { renderFindings } from '../text/findings.js';
import { paint } from '../text/paint.js';
import type { Style } from '../text/style.js';

export const runDiff: Verb = async (args, context) => {
  const range = text(args, 'range');
  const diffed = await diffRange(await context.openRepository(), range);
  const { base, head, networks, findings } = diffed;
  const differs = networks.length > 0 && flag(args, 'exit-code');
  return {
    data: { base, head, networks },
    findings,
    exit: hasErrors(findings) || differs ? 1 : 0,
    text: (style) => renderDiff(diffed, range, style),
    notes: (style) =>
      [...(findings.length > 0 ? [renderFindings(findings, style)] : []), ...emptyNote(diffed, range)].join('\n'),
  };
};

function renderDiff(diffed: Diffed, range: string | undefined, style: Style): string {
  if (diffed.networks.length === 0) return '';
  const { text: count, dangers } = countChanges(diffed.networks);
  const danger =
    dangers === 0 ? '' : ` ${paint(style).red(`${dangers} ${dangers === 1 ? 'needs' : 'need'} a decision:`)}`;
  const head = `${count}, ${sides(diffed, range)}.${danger}`;
  const { networks, after } = diffed;
  const blocks = [head, renderChanges(networks, style, after), renderAcrossNetworks(networks, after, style)];
  return blocks.filter((block) => block !== '').join('\n\n');
}

function emptyNote(diffed: Diffed, range: string | undefined): string[] {
  if (diffed.networks.length > 0 || diffed.findings.length > 0) return [];
  return [`No change, ${sides(diffed, range)}.`];
}

/** `main 135a9de to release/0.9 9f2c01d`. */
function sides({ base, head }: Diffed, range: string | undefined): string {
  const [, left, dots, right] = /^(.*?)(\.\.\.?)(.*)$/s.exec(range ?? '') ?? [];
  const before = dots === '...' ? 'merge base' : (left ?? range ?? 'HEAD');
  return `${sideText(base, before)} to ${sideText(head, right ?? '')}`;
}

function sideText(oid: string | null, name: string): string {
  if (oid === 'worktree') return 'the work tree';
  if (oid === null) return 'nothing';
  const short = oid.slice(0, 7);
  return name === '' || oid.startsWith(name) ? short : `${terminalSafe(name)} ${short}`;
}
