import type { Config } from '../config/config.js';
import { compareFindings, type Finding, type Severity } from '../finding.js';
import { member } from '../json.js';
import { findingOfRefusal } from '../inspect/finding-of.js';
import type { Snapshot } from '../snapshot.js';
import { consistencyRuleIds, consistencyRules } from './all-rules.js';
import { placeProblem } from './place-problem.js';
import type { ConsistencyRule, Problem } from './rule.js';
import { type CheckedState, type CheckOptions, checkedState } from './state/checked-state.js';
import { textLocators } from './text-locators.js';

/** A problem with the severity that the configuration gives it. */
export type JudgedProblem = Problem & { readonly rule: ConsistencyRule; readonly severity: Severity };

/**
 * Do the networks of a snapshot agree with each other and with what surrounds them? All findings, sorted; a file that
 * cannot be read is one. Waivers are not applied. Pure: the same input gives the same findings.
 */
export function checkConsistency(snapshot: Snapshot, options: CheckOptions = {}): Finding[] {
  const locate = textLocators(options.files ?? new Map());
  const problems = findProblems(stateToCheck(snapshot, options));
  return [...unreadable(snapshot), ...problems.map((problem) => placeProblem(problem, locate))].sort(compareFindings);
}

/** `reuse`: the state of the same root at another place, which shares files with this one. */
export function stateToCheck(snapshot: Snapshot, options: CheckOptions, reuse?: CheckedState): CheckedState {
  return checkedState(snapshot, options, consistencyRuleIds, reuse);
}

/** What every rule that is not turned off finds, in the order of the rules. */
export function findProblems(state: CheckedState): JudgedProblem[] {
  return consistencyRules.flatMap((rule) => {
    const configured = severityIn(state.config, rule.id);
    if (configured === 'off') return [];
    return rule.find(state).map((problem) => ({
      ...problem,
      rule,
      severity: configured ?? problem.severity ?? rule.severity,
    }));
  });
}

/** Files of which nothing is known: whatever the rules say, they say it without them. */
export function unreadable(snapshot: Snapshot): Finding[] {
  return snapshot.refused.map(({ path, network, refusal }) => findingOfRefusal(refusal, { path, network }));
}

function severityIn(config: Config, id: string): Severity | 'off' | null {
  const severity = member(config.rules, id);
  return severity === 'error' || severity === 'warning' || severity === 'info' || severity === 'off' ? severity : null;
}
