import type { Finding } from '../finding.js';
import type { JudgedProblem } from './check.js';
import type { Place } from './rule.js';
import type { TextLocator } from './text-locators.js';

/** The finding of a problem, with line and column where the text is at hand. */
export function placeProblem(problem: JudgedProblem, locate: TextLocator): Finding {
  const { rule, severity, place, contract, message, related = [] } = problem;
  return {
    rule: rule.id,
    severity,
    network: place.network,
    ...(contract === undefined ? {} : { contract }),
    file: place.file,
    ...locate(place),
    path: place.path,
    message,
    hint: hintOf(rule.remedy),
    ...(related.length === 0 ? {} : { related: related.map((each) => placed(each, locate)) }),
  };
}

/** The remedy as the end of a line: "fix: write the chain id". */
export function hintOf(remedy: string): string {
  return (remedy.charAt(0).toLowerCase() + remedy.slice(1)).replaceAll('`', '');
}

function placed(place: Place, locate: TextLocator) {
  return { network: place.network, file: place.file, ...locate(place), path: place.path };
}
