import { validate } from '../../commands/validate.js';
import { hasErrors } from '../../core/finding.js';
import { shown } from '../../core/shown.js';
import { StateManagerError } from '../../errors.js';
import { required } from '../arguments.js';
import type { Verb } from '../command.js';
import { countFindings, renderFindings } from '../text/findings.js';
import { paint } from '../text/paint.js';

/** `hook pre-commit`: the same judgement as `validate --staged`, of the files this commit changes. */
export const runHook: Verb = async (args, context) => {
  const name = required(args, 'name');
  if (name !== 'pre-commit') {
    throw new StateManagerError('BAD_USAGE', `There is no hook ${shown(name)}.`, { hint: 'stateroot help hook' });
  }
  const { findings, files } = await validate(await context.openRepository(), { place: 'index', onlyChanged: true });
  const refused = hasErrors(findings);
  const judged = new Set(findings.filter((finding) => finding.severity === 'error').map((finding) => finding.file));
  return {
    data: { hook: name, files },
    findings,
    exit: refused ? 1 : 0,
    text: () => '',
    notes(style) {
      const { red, mark } = paint(style);
      const rendered = findings.length === 0 ? [] : [renderFindings(findings, style)];
      const of = `${judged.size} of ${files.length} staged ${files.length === 1 ? 'state file' : 'state files'}`;
      const errors = countFindings(findings.filter((finding) => finding.severity === 'error'));
      const refusal = refused ? [`${red(mark.error)} Commit refused: ${errors} in ${of}. Nothing was committed.`] : [];
      return [...rendered, ...refusal].join('\n');
    },
  };
};
