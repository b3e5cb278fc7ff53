import { isDay, readConfig, type Waiver } from '../core/config/config.js';
import { consistencyRuleOf } from '../core/consistency/all-rules.js';
import { covers, isExpired, isSameScope, withWaiver } from '../core/consistency/waive.js';
import { ruleOf } from '../core/inspect/rules.js';
import { configPath } from '../core/layout.js';
import { shown } from '../core/shown.js';
import { readText } from '../core/text/read.js';
import { StateManagerError } from '../errors.js';
import type { StateRepository } from '../ports/state-repository.js';
import { check } from './check.js';
import { networkAt } from './read-snapshot.js';

export type WaiverPlan = {
  readonly waiver: Waiver;
  readonly file: string;
  /** The whole configuration, canonical. */
  readonly text: string;
  /** Findings of the work tree that it covers. */
  readonly covered: number;
};

/**
 * The configuration of the work tree with one waiver more, or the one of the same rule, network, record and path renewed.
 * Throws BAD_USAGE for a rule or day that is none, NOT_FOUND for the network, CONFIG_INVALID.
 */
export async function planWaiver(repository: StateRepository, asked: Waiver, now: number): Promise<WaiverPlan> {
  refuseRule(asked.rule);
  refuseDay(asked, now);
  const waiver =
    asked.network === undefined
      ? asked
      : { ...asked, network: (await networkAt(repository, 'worktree', asked.network)).network };
  const file = configPath(repository.root);
  const [existing] = await (await repository.at('worktree')).read([file]);
  // Refuses what its schema refuses, before anything is built on it.
  readConfig(existing?.bytes ?? null);
  const read = existing === undefined ? null : readText(existing.bytes);
  const text = withWaiver(read?.ok === true ? read.value : null, waiver);
  readConfig(Buffer.from(text));
  const { findings, waived } = await check(repository, { place: 'worktree', now });
  // A waiver that is renewed covers what it holds back already.
  const held = waived.filter((each) => isSameScope(each.waiver, waiver)).reduce((sum, { count }) => sum + count, 0);
  return { waiver, file, text, covered: held + findings.filter((finding) => covers(waiver, finding)).length };
}

function refuseRule(id: string): void {
  if (consistencyRuleOf(id) !== null) return;
  const isValidity = ruleOf(id) !== null;
  const why = isValidity
    ? 'is a rule of validate: a file that breaks it is not valid, and nothing excuses that'
    : 'is no rule';
  throw new StateManagerError('BAD_USAGE', `${shown(id)} ${why}`, {
    hint: isValidity ? `stateroot validate --explain ${id}` : 'every finding names its rule: stateroot check',
  });
}

function refuseDay(waiver: Waiver, now: number): void {
  const why = !isDay(waiver.until) ? 'is no day' : isExpired(waiver, now) ? 'is over' : null;
  if (why === null) return;
  throw new StateManagerError('BAD_USAGE', `${shown(waiver.until)} ${why}: a waiver ends on a day to come`, {
    hint: 'write it as 2026-12-31',
  });
}
