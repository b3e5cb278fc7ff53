import type { Checked } from '../../commands/check.js';
import { type Finding, hasErrors } from '../../core/finding.js';
import { grouped } from '../../core/grouped.js';
import { terminalSafe } from './escape.js';
import { countFindings, renderFindings } from './findings.js';
import { type Paint, paint } from './paint.js';
import type { Style } from './style.js';
import { counted } from './table.js';

/** What is new, one block for each rule, the worst first; then what waivers and the base hold back. */
export function renderChecked(
  { findings, known, waived, knownCount, base }: Checked,
  style: Style,
  all: boolean,
): string {
  const pen = paint(style);
  const blocks = blocksOf(findings, style, all);
  const held = waived.map(({ waiver, count, networks }) => {
    const where = networks.length === 1 ? ` on ${terminalSafe(networks[0] ?? '')}` : ` on ${networks.length} networks`;
    const what = `${counted(count, 'finding')}${networks.every((name) => name === '') ? '' : where}`;
    return `waived  ${terminalSafe(waiver.rule)}, ${what}, until ${waiver.until}: ${terminalSafe(waiver.reason)}`;
  });
  const old = all
    ? blocksOf(known, style, all).map((block) => `${pen.dim('known')}   ${block}`)
    : knownLine(knownCount, base);
  return [...blocks, ...held, ...old].join('\n');
}

export function checkNotes(checked: Checked, style: Style): string {
  const { findings, networks, base, diverged } = checked;
  const pen = paint(style);
  if (diverged) {
    const hint = 'Compare with the merge base: stateroot check --base $(git merge-base HEAD <base>)';
    const why = 'The base has commits that are not here; what they settled looks new';
    return [`${pen.yellow(pen.mark.warning)} ${why}. ${hint}`, checkNotes({ ...checked, diverged: false }, style)].join(
      '\n',
    );
  }
  if (networks === 0 && findings.length === 0)
    return `${pen.green(pen.mark.done)} No network files here; nothing to check.`;
  const files = counted(networks, 'network');
  if (findings.length === 0) {
    return `${pen.green(pen.mark.done)} ${base === null ? `${files}, no contradiction found` : `Nothing new in ${files}`}`;
  }
  const concerned = new Set(findings.map(({ network }) => network).filter((name) => name !== '')).size;
  const isOne = findings.length === 1;
  const what = base === null ? countFindings(findings) : `${countFindings(findings)} ${isOne ? 'is' : 'are'} new`;
  const where = concerned === 0 ? '' : `, in ${concerned} of ${files}`;
  return `${markOf(findings, pen)} ${what}${where}. Explain one: stateroot check --explain <rule>`;
}

function knownLine(count: number, base: string | null): string[] {
  if (count === 0 || base === null) return [];
  const [are, do_] = count === 1 ? ['is', 'does'] : ['are', 'do'];
  return [
    `known   ${counted(count, 'older finding')} ${are} in ${base.slice(0, 7)} too and ${do_} not fail this check (--all shows them)`,
  ];
}

const shownPerRule = 3;

/** The first place of a rule in full, the others as a line each: what to do is the same. */
function blocksOf(findings: readonly Finding[], style: Style, all: boolean): string[] {
  const groups = [...grouped(findings, ({ rule, severity }) => `${severity} ${rule}`).values()];
  const rank = ([first]: readonly Finding[]): number => ['error', 'warning', 'info'].indexOf(first?.severity ?? 'info');
  return groups
    .sort((a, b) => rank(a) - rank(b))
    .map((group) => {
      const [first, ...others] = group;
      const shown = all ? others : others.slice(0, shownPerRule);
      const rest = others.length - shown.length;
      return [
        ...(first === undefined ? [] : [renderFindings([first], style)]),
        ...shown.map((finding) => `  also ${place(finding)}  ${terminalSafe(finding.message)}`),
        ...(rest === 0
          ? []
          : [`  and ${counted(rest, 'more place')} (--all shows them, --reporter concise lists them)`]),
      ].join('\n');
    });
}

function place({ file, line, column = 1 }: Finding): string {
  return terminalSafe(file) + (line === undefined ? '' : `:${line}:${column}`);
}

function markOf(findings: readonly Finding[], pen: Paint): string {
  if (hasErrors(findings)) return pen.red(pen.mark.error);
  return findings.some(({ severity }) => severity === 'warning')
    ? pen.yellow(pen.mark.warning)
    : pen.blue(pen.mark.info);
}
