import { consistencyRuleOf, consistencyRules } from '../../core/consistency/all-rules.js';
import type { ConsistencyRule } from '../../core/consistency/rule.js';
import { type Rule, ruleOf, rules } from '../../core/inspect/rules.js';
import { StateManagerError } from '../../errors.js';
import type { Outcome } from '../command.js';
import { nearest } from '../nearest.js';
import { paint } from '../text/paint.js';

/** `--explain <rule>`: any rule of `validate` or `check`, whichever of the two was asked. Throws BAD_USAGE. */
export function explainRule(id: string): Outcome {
  const [validity, consistency] = [ruleOf(id), consistencyRuleOf(id)];
  if (validity !== null) return explained(validity, { repairedBy: validity.repairedBy ?? null }, '');
  if (consistency !== null) {
    const { fires, silent } = consistency;
    return explained(consistency, { fires, silent }, exampleLines(consistency));
  }
  const near = nearest(
    id,
    [...rules, ...consistencyRules].map((rule) => rule.id),
  );
  throw new StateManagerError('BAD_USAGE', `There is no rule ${JSON.stringify(id)}`, {
    hint: near === null ? 'every finding names its rule: stateroot validate, stateroot check' : `did you mean ${near}?`,
  });
}

function explained(
  { id, severity, title, meaning, remedy }: Pick<Rule, 'id' | 'severity' | 'title' | 'meaning' | 'remedy'>,
  more: object,
  examples: string,
): Outcome {
  return {
    data: { rule: id, severity, title, meaning, remedy, ...more },
    text: (style) => `${paint(style).bold(id)}  ${severity}\n  ${title}. ${meaning}\n  ${remedy}${examples}`,
  };
}

function exampleLines({ fires, silent }: ConsistencyRule): string {
  return `\n  found      ${JSON.stringify(fires)}\n  not found  ${JSON.stringify(silent)}`;
}
