import { hasErrors, type Finding } from '../core/finding.js';
import { networkFilePath } from '../core/layout.js';
import type { Checkout, CheckoutFacts } from '../ports/checkout.js';
import type { StateRepository, Unfinished } from '../ports/state-repository.js';
import { partsOf, type Setup } from './init.js';
import { gateOf } from './setup/gate.js';
import { validate } from './validate.js';

/** One thing that was looked at. */
export type Check = {
  readonly check: string;
  readonly severity: 'ok' | 'warning' | 'error';
  /** One sentence; a consequence may follow on a second line. */
  readonly message: string;
  /** The command that repairs it. */
  readonly fix?: string;
};

const oldestGit = [2, 38] as const;
const oldestNode = [20, 19] as const;

/** What is wrong with this set-up, in the order it matters, each with the command that fixes it; and every finding of the files. */
export async function doctor(
  repository: StateRepository,
  checkout: Checkout,
  setup: Setup & { readonly nodeVersion: string },
): Promise<{ checks: readonly Check[]; findings: readonly Finding[] }> {
  const facts = await checkout.facts();
  const validated = await validate(repository, { place: 'worktree' });
  const checks = [
    gitCheck(facts),
    nodeCheck(setup.nodeVersion),
    await identityCheck(checkout),
    await gateCheck(checkout),
    ...(await partChecks(checkout, setup)),
    await attributesCheck(checkout, repository.root),
    filesCheck(validated),
    ...unfinishedChecks(await repository.unfinished()),
    shallowCheck(facts),
  ];
  return { checks: checks.filter((check) => check !== null), findings: validated.findings };
}

function gitCheck({ gitVersion, objectFormat, worktrees }: CheckoutFacts): Check {
  const more = [
    ...(objectFormat === 'sha1' ? [] : [objectFormat]),
    ...(worktrees > 1 ? [`${worktrees} work trees`] : []),
  ];
  if (isAtLeast(gitVersion, oldestGit)) {
    return { check: 'git', severity: 'ok', message: ['git ' + gitVersion, ...more].join(', ') };
  }
  return {
    check: 'git',
    severity: 'error',
    message: `git ${gitVersion} is too old`,
    fix: `install git ${oldestGit.join('.')} or newer`,
  };
}

function nodeCheck(version: string): Check {
  if (isAtLeast(version, oldestNode)) return { check: 'node', severity: 'ok', message: `node ${version}` };
  return {
    check: 'node',
    severity: 'error',
    message: `node ${version} is too old`,
    fix: `install node ${oldestNode.join('.')} or newer`,
  };
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

async function gateCheck(checkout: Checkout): Promise<Check> {
  const hooks = await checkout.hooks();
  const gate = await gateOf(checkout, hooks);
  if (gate.active) return { check: 'hook', severity: 'ok', message: `${gate.path} judges each commit` };
  const asleep = hooks.husky?.active === false && hooks.configured === null;
  return {
    check: 'hook',
    severity: 'error',
    message: `The hook is not active: ${gate.reason ?? ''} (${gate.path})\nHand edits reach history unchecked.`,
    fix: asleep && gate.reason?.startsWith('husky') === true ? 'npx husky' : 'stateroot init',
  };
}

/** Parts of `init` that are missing or old; the hook's own is judged by whether it works. */
async function partChecks(checkout: Checkout, setup: Setup): Promise<Check[]> {
  const { parts } = await partsOf(checkout, setup);
  const missing = parts.filter((part) => part.state === 'missing' && part.name !== 'state root');
  return missing.flatMap((part): Check[] => {
    if (part.name === 'hook' && part.action === 'create') return [];
    const message = `${part.target} is not as init would leave it: ${part.detail}`;
    return [{ check: part.name, severity: 'warning', message, fix: 'stateroot init' }];
  });
}

/** What git will really do to a network file on checkout, whichever file says so. */
async function attributesCheck(checkout: Checkout, root: string): Promise<Check | null> {
  const attributes = await checkout.attributes(networkFilePath(root, 'any'));
  const wrong = [
    ...(attributes.get('eol') === 'crlf' ? ['eol=crlf'] : []),
    ...['filter', 'working-tree-encoding', 'ident'].flatMap((name) => {
      const value = attributes.get(name);
      return value === undefined || value === 'unset' ? [] : [`${name}=${value}`];
    }),
  ];
  if (wrong.length === 0) return null;
  return {
    check: 'attributes',
    severity: 'error',
    message: `git rewrites network files: ${wrong.join(', ')}\nWhat is committed is not what was validated.`,
    fix: `take it out of .gitattributes: git check-attr -a -- ${networkFilePath(root, 'any')}`,
  };
}

function filesCheck({ findings, files }: { findings: readonly Finding[]; files: readonly string[] }): Check {
  const many = `${files.length} state ${files.length === 1 ? 'file' : 'files'}`;
  if (hasErrors(findings)) {
    return { check: 'files', severity: 'error', message: `State is not valid (${many})`, fix: 'stateroot validate' };
  }
  if (findings.length > 0) {
    return { check: 'files', severity: 'warning', message: `${many}, with findings`, fix: 'stateroot validate' };
  }
  return { check: 'files', severity: 'ok', message: files.length === 0 ? 'no state yet' : `${many} valid` };
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

function isAtLeast(version: string, [major, minor]: readonly [number, number]): boolean {
  const [a = 0, b = 0] = version.split('.').map(Number);
  return a > major || (a === major && b >= minor);
}
