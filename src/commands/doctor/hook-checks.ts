import type { Checkout, Hooks, Setting } from '../../ports/checkout.js';
import { partsOf, type Setup } from '../init.js';
import type { Part } from '../setup/part.js';
import { type Gate, gatesOf } from '../setup/gate.js';
import { unchecked } from '../setup/gate-hooks.js';
import { managerOf, wakeCommand } from '../setup/manager.js';
import type { Check } from './check.js';

/** Does each hook of the gate work in this clone? What switches all of them off is said once. */
export async function gateChecks(checkout: Checkout, hooks: Hooks, settings: readonly Setting[]): Promise<Check[]> {
  const gates = await gatesOf(checkout, hooks);
  const closed = gates.filter((gate) => !gate.active);
  if (closed.length === 0) {
    const folders = [...new Set(gates.map(({ path }) => path.replace(/\/[^/]*$/, '')))].join(', ');
    return [{ check: 'hook', severity: 'ok', message: `hooks in ${folders} judge each commit, merge and push` }];
  }
  const elsewhere = closed.length === gates.length ? redirected(hooks, settings) : null;
  if (elsewhere !== null) return [elsewhere];
  const [first] = closed;
  const shut = closed.length === gates.length && closed.every((gate) => gate.fix === first?.fix);
  return shut && first !== undefined ? [shutCheck(first)] : closed.map(gateCheck);
}

/** Where npm runs no scripts, husky's `prepare` never runs, and a clone is without hooks silently. */
export async function scriptsCheck(checkout: Checkout, hooks: Hooks): Promise<Check | null> {
  const manager = await managerOf(checkout, hooks);
  if (manager === null || manager.name === 'pre-commit') return null;
  const place = await checkout.npmIgnoresScripts();
  if (place === null) return null;
  return {
    check: 'npm scripts',
    severity: 'warning',
    message: `npm runs no scripts here (ignore-scripts, ${place}), so installing does not switch ${manager.name} on\nA fresh clone has no hooks until somebody does.`,
    fix: wakeCommand(manager),
  };
}

/** Parts of `init` that are missing or of another version. Hooks that do not work at all are the gate's. */
export async function partChecks(checkout: Checkout, setup: Setup): Promise<Check[]> {
  const { hooks, parts } = await partsOf(checkout, setup);
  const open = (await gatesOf(checkout, hooks)).every((gate) => gate.active);
  // Drivers that are not set up at all are `driverChecks`'s: without attributes nobody misses them. And whether there is CI on
  // GitHub is the user's choice; that a workflow of ours is an old one is worth a word.
  const isChoice = ({ name, action, remove }: Part) =>
    (name === 'driver' && remove === null) || (name === 'workflow' && action === 'create');
  const judged = parts.filter((part) => part.name !== 'state root' && part.name !== 'editor' && !isChoice(part));
  const missing = judged.filter(({ name, state }) => state === 'missing' && (open || !name.startsWith('hook')));
  return missing.map((part): Check => {
    const message = `${part.target} is not as init would leave it: ${part.detail}`;
    return { check: part.name, severity: 'warning', message, fix: 'stateroot init' };
  });
}

/** Another `core.hooksPath` than where hooks are: git looks into a folder without them, or into none. */
function redirected(hooks: Hooks, settings: readonly Setting[]): Check | null {
  const setting = settings.findLast(({ key }) => key === 'core.hookspath');
  if (setting === undefined || hooks.husky?.active === true) return null;
  const nowhere = /^(?:\/dev\/null|NUL|)$/i.test(setting.value);
  const unset = `git config --${setting.scope} --unset core.hooksPath`;
  return {
    check: 'hook',
    severity: 'error',
    message: `Hooks are not active: core.hooksPath (${setting.scope}) is ${setting.value === '' ? 'empty' : setting.value}${nowhere ? '' : ', without stateroot in it'}\n${unchecked['pre-commit']}`,
    fix: nowhere ? unset : hooks.own ? `stateroot init, or ${unset}` : `${unset} && stateroot init`,
  };
}

function shutCheck({ reason, path, hook, fix }: Gate): Check {
  const message = `Hooks are not active: ${reason ?? ''} (${path})\n${unchecked[hook]}`;
  return { check: 'hook', severity: 'error', message, fix: fix ?? 'stateroot init' };
}

function gateCheck(gate: Gate): Check {
  const message = `The ${gate.hook} hook is not active: ${gate.reason ?? ''} (${gate.path})\n${unchecked[gate.hook]}`;
  return { check: 'hook', severity: 'error', message, fix: gate.fix ?? 'stateroot init' };
}
