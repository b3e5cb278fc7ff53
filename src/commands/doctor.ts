import type { Finding } from '../core/finding.js';
import type { Checkout, CheckoutFacts } from '../ports/checkout.js';
import type { StateRepository, Unfinished } from '../ports/state-repository.js';
import { attributeChecks } from './doctor/attribute-checks.js';
import type { Check } from './doctor/check.js';
import { driverChecks } from './doctor/driver-checks.js';
import { filesCheck } from './doctor/files-check.js';
import { formatterChecks } from './doctor/formatter-checks.js';
import { gateChecks, partChecks, scriptsCheck } from './doctor/hook-checks.js';
import { programCheck } from './doctor/program-check.js';
import { settingChecks } from './doctor/setting-checks.js';
import { gitCheck, nodeCheck } from './doctor/version-checks.js';
import type { Setup } from './init.js';
import { validate } from './validate.js';

/** What is wrong with this set-up, in the order it matters, each with the command that fixes it; and every finding of the files. */
export async function doctor(
  repository: StateRepository,
  checkout: Checkout,
  setup: Setup & { readonly nodeVersion: string },
): Promise<{ checks: readonly Check[]; findings: readonly Finding[] }> {
  const facts = await checkout.facts();
  const validated = await validate(repository, { place: 'worktree' });
  const settings = await checkout.settings();
  const hooks = await checkout.hooks();
  const root = repository.root;
  const checks = [
    gitCheck(facts),
    nodeCheck(setup.nodeVersion),
    await identityCheck(checkout),
    ...(await gateChecks(checkout, hooks, settings)),
    await scriptsCheck(checkout, hooks),
    ...(await partChecks(checkout, setup)),
    ...(await attributeChecks(checkout, settings, root)),
    ...(await driverChecks(checkout, settings, root)),
    await programCheck(checkout, settings, root),
    ...(await formatterChecks(checkout, root)),
    filesCheck(validated),
    ...unfinishedChecks(await repository.unfinished()),
    shallowCheck(facts),
    ...settingChecks(settings),
  ];
  return { checks: checks.filter((check) => check !== null), findings: validated.findings };
}

async function identityCheck(checkout: Checkout): Promise<Check> {
  if (await checkout.hasIdentity()) return { check: 'identity', severity: 'ok', message: 'git knows who commits' };
  return {
    check: 'identity',
    severity: 'error',
    message: 'git does not know who commits, so no write is possible',
    fix: 'git config user.name "<name>" && git config user.email <address>',
  };
}

function unfinishedChecks(unfinished: readonly Unfinished[]): Check[] {
  if (unfinished.length === 0) return [{ check: 'writes', severity: 'ok', message: 'no unfinished write' }];
  return unfinished.map((write): Check => {
    const what = `${write.operation} of ${write.startedAt}, process ${write.pid}`;
    if (write.state === 'running') return { check: 'writes', severity: 'ok', message: `${what} is running` };
    const undecided = write.state === 'undecided';
    return {
      check: 'writes',
      severity: undecided ? 'error' : 'warning',
      message: `A write did not finish: ${what}${write.reason === undefined ? '' : `, ${write.reason}`}`,
      fix: 'stateroot recover',
    };
  });
}

function shallowCheck({ shallow }: CheckoutFacts): Check | null {
  if (!shallow) return null;
  return {
    check: 'history',
    severity: 'warning',
    message: 'This clone is shallow: log, blame and rollback see only part of the history',
    fix: 'git fetch --unshallow',
  };
}
