import { ruleOf } from '../../inspect/rules.js';
import { configPath } from '../../layout.js';
import { shown } from '../../shown.js';
import { pointer } from '../../text/pointer.js';
import type { ConsistencyRule } from '../rule.js';

export const configUnknownRule: ConsistencyRule = {
  id: 'config/unknown-rule',
  severity: 'warning',
  title: 'The configuration names a rule that it cannot set',
  meaning:
    'No rule of `check` has this id, so the severity or waiver has no effect. Rules of `validate` have a fixed severity.',
  remedy: 'Correct the id; schemas/RULES.md lists them.',
  fires: { config: { rules: { 'topology/crosstier': 'off' } } },
  silent: { config: { rules: { 'topology/cross-tier': 'warning' } } },
  find: ({ root, config, proposed, ruleIds }) => {
    const judged = proposed ?? config;
    const named = [
      ...Object.keys(judged.rules).map((id) => ({ id, path: pointer('rules', id) })),
      ...judged.waivers.map(({ rule }, at) => ({ id: rule, path: pointer('waivers', at, 'rule') })),
    ];
    return named
      .filter(({ id }) => !ruleIds.has(id))
      .map(({ id, path }) => ({
        place: { network: '', file: configPath(root), path, at: 'key' as const },
        message:
          ruleOf(id) === null ? `There is no rule ${shown(id)}` : `${id} is a rule of validate: its severity is fixed`,
      }));
  },
};
