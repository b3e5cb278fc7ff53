import { configPath } from '../../layout.js';
import { pointer } from '../../text/pointer.js';
import type { ConsistencyRule } from '../rule.js';
import { isExpired } from '../waive.js';

const waiver = { rule: 'topology/cross-tier', until: '2025-12-31', reason: 'until the audit' };

export const waiverExpired: ConsistencyRule = {
  id: 'waiver/expired',
  severity: 'warning',
  title: 'A waiver has expired',
  meaning: 'Its last day has passed: what it covered is reported again.',
  remedy: 'Settle what it covered and remove it, or renew it with `check --waive` and a new reason.',
  fires: { config: { waivers: [waiver] }, now: '2026-01-01T00:00:00Z' },
  silent: { config: { waivers: [waiver] }, now: '2025-12-31T23:59:59Z' },
  find: ({ root, config, proposed, now }) =>
    // Places are those of the configuration that is judged.
    (proposed ?? config).waivers.flatMap((each, at) =>
      isExpired(each, now)
        ? [
            {
              place: { network: '', file: configPath(root), path: pointer('waivers', at) },
              message: `The waiver of ${each.rule} expired on ${each.until}: ${each.reason}`,
            },
          ]
        : [],
    ),
};
