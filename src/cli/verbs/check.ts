import { check, type Checked } from '../../commands/check.js';
import { placeOf } from '../../commands/read-snapshot.js';
import { hasErrors } from '../../core/finding.js';
import { flag, text } from '../arguments.js';
import type { Arguments, Verb } from '../command.js';
import { conflictingFlags } from '../conflicting-flags.js';
import { checkNotes, renderChecked } from '../text/checked.js';
import { reportFindings } from '../text/report/report.js';
import { explainRule } from './explain-rule.js';
import { waiveRule } from './waive-rule.js';

const waiving = ['until', 'reason', 'network', 'contract', 'path', 'dry-run'];
const checking = ['at', 'base', 'all', 'reporter'];

export const runCheck: Verb = async (args, context) => {
  const [explain, waive] = [text(args, 'explain'), text(args, 'waive')];
  if (explain !== undefined) {
    conflictingFlags(args, '--explain', ['waive', ...waiving, ...checking]);
    return explainRule(explain);
  }
  if (waive !== undefined) {
    conflictingFlags(args, '--waive', checking);
    return waiveRule(waive, args, await context.openRepository(), Date.now());
  }
  conflictingFlags(args, null, waiving);
  const repository = await context.openRepository();
  const base = text(args, 'base');
  const all = flag(args, 'all');
  const checked = await check(repository, {
    place: await placeOf(repository, text(args, 'at')),
    base,
    all,
    now: Date.now(),
  });
  const shown = [...checked.findings, ...checked.known];
  return {
    data: dataOf(checked),
    findings: shown,
    exit: hasErrors(checked.findings) ? 1 : 0,
    text: (style) =>
      reportFindings(text(args, 'reporter') ?? 'text', shown, commandOf(args)) ?? renderChecked(checked, style, all),
    notes: (style) => checkNotes(checked, style),
  };
};

function dataOf({ base, diverged, findings, knownCount, waived, networks }: Checked) {
  return {
    base,
    diverged,
    networks,
    new: findings.length,
    known: knownCount,
    waived: waived.map(({ waiver, count }) => ({ ...waiver, count })),
  };
}

function commandOf(args: Arguments): string {
  const base = text(args, 'base');
  return base === undefined ? 'check' : `check --base ${base}`;
}
