import type { CiResult } from '../../../commands/ci.js';
import type { PlacedDanger } from '../../../commands/ci/dangers.js';
import type { Danger } from '../../../core/diff/change.js';
import type { Finding, Severity } from '../../../core/finding.js';
import { changedLeaves } from '../changed-leaves.js';
import { dangerTitle, reasonsAmong } from '../danger-words.js';
import { decisiveFields } from '../decisive-fields.js';
import { shortened } from '../shortened.js';
import { valueText } from '../value.js';

/** A finding with a title of its own, as an annotation may have. */
export type Annotation = Finding & { readonly title?: string };

/** What a run annotates, the worst first: changes to decide on, then what is wrong. A danger alone does not fail the run. */
export function ciAnnotations({ changed, findings }: CiResult): Annotation[] {
  const dangers = changed !== null && 'value' in changed ? changed.value.dangers : [];
  return [...dangerAnnotations(dangers), ...findings];
}

function dangerAnnotations(dangers: readonly PlacedDanger[]): Annotation[] {
  const reasons = reasonsAmong(dangers.map(({ change }) => change));
  return dangers.flatMap(({ change, place }) => {
    const { danger, network, contract } = change;
    if (danger === null) return [];
    const where = contract === null ? network.network : `${contract.name} on ${network.network}`;
    const values = decisiveFields(change)
      .flatMap(changedLeaves)
      .slice(0, 5)
      .map(({ label, before, after }) => {
        const [old, now] = [before, after].map((value) =>
          shortened(value === undefined ? 'nothing' : valueText(value), 200),
        );
        return `${label} ${old ?? ''} → ${now ?? ''}`;
      });
    const why = reasons(change, (text) => text);
    return [
      {
        rule: `diff/${danger}`,
        severity: severities[danger],
        network: network.network,
        ...(contract === null ? {} : { contract: contract.name }),
        ...place,
        message: [...values, ...why].join('\n'),
        title: `${dangerTitle(danger, change)}: ${where}`,
      },
    ];
  });
}

/** Another identity is shown as an error, what may be meant as a warning; neither is one of the findings. */
const severities: Readonly<Record<Danger, Severity>> = {
  'proxy-changed': 'error',
  'chain-changed': 'error',
  removed: 'error',
  'same-code-hash': 'warning',
  'known-elsewhere': 'warning',
  'owner-changed': 'warning',
  'endpoint-changed': 'warning',
};
