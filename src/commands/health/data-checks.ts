import { compareFindings, type Finding, hasErrors } from '../../core/finding.js';
import type { StateRepository } from '../../ports/state-repository.js';
import { check } from '../check.js';
import type { Check } from '../doctor/check.js';
import { filesCheck } from '../doctor/files-check.js';
import { validate } from '../validate.js';
import { orRefused } from './refused-check.js';

export type CheckedData = { readonly checks: readonly Check[]; readonly findings: readonly Finding[] };

/** Is each file what it claims, and do the networks agree: the work tree. `now` in ms since 1970. */
export async function dataChecks(repository: StateRepository, now: number): Promise<CheckedData> {
  const validated = await validate(repository, { place: 'worktree' });
  const findings: Finding[] = [...validated.findings];
  const agreement = await orRefused('networks', async () => {
    const checked = await check(repository, { place: 'worktree', now });
    findings.push(...checked.findings.filter((one) => !isSaid(one, validated.findings)));
    return [networksCheck(checked.findings, checked.networks)];
  });
  return { checks: [filesCheck(validated), ...agreement], findings: findings.sort(compareFindings) };
}

/** A file that cannot be read is a finding of both. */
function isSaid(finding: Finding, said: readonly Finding[]): boolean {
  return said.some((other) => compareFindings(finding, other) === 0);
}

function networksCheck(findings: readonly Finding[], networks: number): Check {
  const count = findings.filter(({ severity }) => severity !== 'info').length;
  const about = `${networks} ${networks === 1 ? 'network' : 'networks'}`;
  if (count === 0) return { check: 'networks', severity: 'ok', message: `${about}, nothing that does not fit` };
  const severity = hasErrors(findings) ? 'error' : 'warning';
  const message = `${about} with ${count} ${count === 1 ? 'finding' : 'findings'} about how they fit together`;
  return { check: 'networks', severity, message, fix: 'stateroot check' };
}
