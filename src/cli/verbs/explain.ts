import { nearNames } from '../../commands/near-names.js';
import { consistencyRuleOf } from '../../core/consistency/all-rules.js';
import { codeNames, type ExplainedCode, explainCode } from '../../core/errors/error-table.js';
import { ruleOf } from '../../core/inspect/rules.js';
import { shown } from '../../core/shown.js';
import { StateManagerError } from '../../errors.js';
import { required } from '../arguments.js';
import type { Verb } from '../command.js';
import { paint } from '../text/paint.js';
import type { Style } from '../text/style.js';

/** One code of a refusal: what it means, where it comes from, what to do, how to avoid it. */
export const runExplain: Verb = async (args) => {
  const code = required(args, 'code');
  const explained = explainCode(code);
  if (explained === null) throw unknownCode(code);
  const { resolution, ...entry } = explained;
  const steps = resolution.map(([step, command]) => (command === undefined ? { step } : { step, command }));
  return Promise.resolve({
    data: { ...entry, resolution: steps },
    text: (style) => renderCode(explained, style),
  });
};

function renderCode(entry: ExplainedCode, style: Style): string {
  const pen = paint(style);
  const exit = entry.exit === null ? '' : `  exit ${entry.exit}`;
  return [
    `${pen.bold(entry.code)}${exit}`,
    `  ${entry.message}`,
    ...(entry.alsoKnownAs.length === 0 ? [] : [`  also: ${entry.alsoKnownAs.join(', ')}`]),
    '',
    'Causes',
    ...entry.causes.map((cause) => `  - ${cause}`),
    'What to do',
    ...entry.resolution.flatMap(([step, command], index) => [
      `  ${index + 1}. ${step}`,
      ...(command === undefined ? [] : [`       ${command}`]),
    ]),
    'Prevention',
    `  ${entry.prevention}`,
  ].join('\n');
}

function unknownCode(code: string): StateManagerError {
  const near = nearNames(code, codeNames);
  const rule = ruleOf(code) ?? consistencyRuleOf(code);
  const guess = near.length === 0 ? 'a refusal names its code under --json' : `did you mean ${near.join(' or ')}?`;
  return new StateManagerError('NOT_FOUND', `There is no code ${shown(code)}.`, {
    hint: rule === null ? guess : `it is a rule: stateroot validate --explain ${rule.id}`,
    details: { near },
  });
}
