import type { CheckoutFacts } from '../../ports/checkout.js';
import type { Check } from './check.js';

const oldestGit = [2, 38] as const;
/** As in package.json: 20 from 20.19 on, and everything from 22.12 on, as yargs. What is between has not all of what 20.19 has. */
const oldestNode = [20, 19] as const;
const skippedNode = [21, 0] as const;
const nextNode = [22, 12] as const;

export function gitCheck({
  gitVersion,
  objectFormat,
  worktrees,
}: Pick<CheckoutFacts, 'gitVersion' | 'objectFormat' | 'worktrees'>): Check {
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

export function nodeCheck(version: string): Check {
  if (isAtLeast(version, nextNode) || (isAtLeast(version, oldestNode) && !isAtLeast(version, skippedNode))) {
    return { check: 'node', severity: 'ok', message: `node ${version}` };
  }
  return {
    check: 'node',
    severity: 'error',
    message: `node ${version} is too old`,
    fix: `install node ${oldestNode.join('.')}, or ${nextNode.join('.')} or newer`,
  };
}

function isAtLeast(version: string, [major, minor]: readonly [number, number]): boolean {
  const [a = 0, b = 0] = version.split('.').map(Number);
  return a > major || (a === major && b >= minor);
}
