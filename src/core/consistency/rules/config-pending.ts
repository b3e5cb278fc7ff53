import type { Waiver } from '../../config/config.js';
import { member } from '../../json.js';
import { configPath } from '../../layout.js';
import { pointer } from '../../text/pointer.js';
import type { ConsistencyRule, Problem } from '../rule.js';

const rules = { 'topology/cross-tier': 'off' };

export const configPending: ConsistencyRule = {
  id: 'config/pending',
  severity: 'info',
  title: 'A severity or waiver does not count yet',
  meaning:
    'What loosens the check counts once it is on the base: otherwise a change could excuse itself. It is judged by the configuration of the base.',
  remedy: 'Merge the configuration first, in a change of its own.',
  fires: { config: {}, proposed: { rules } },
  silent: { config: { rules }, proposed: { rules } },
  find: ({ root, config, proposed }) => {
    if (proposed === null) return [];
    const known = new Set(config.waivers.map(keyOf));
    const at = (path: string, message: string): Problem => ({
      place: { network: '', file: configPath(root), path },
      message: `${message}; it counts once it is on the base`,
    });
    return [
      ...Object.entries(proposed.rules)
        .filter(([id, severity]) => member(config.rules, id) !== severity)
        .map(([id, severity]) => at(pointer('rules', id), `${id} is set to ${JSON.stringify(severity)} here`)),
      ...proposed.waivers.flatMap((waiver, index) =>
        known.has(keyOf(waiver))
          ? []
          : [at(pointer('waivers', index), `${waiver.rule} is waived until ${waiver.until} here`)],
      ),
    ];
  },
};

function keyOf({ rule, until, network = '', contract = '', path = '' }: Waiver): string {
  return JSON.stringify([rule, until, network, contract, path]);
}
