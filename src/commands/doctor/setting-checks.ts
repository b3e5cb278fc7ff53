import type { Setting } from '../../ports/checkout.js';
import type { Check } from './check.js';

const switches = /^(?:true|false|yes|no|on|off|0|1|)$/i;

// Settings by which a repository's own configuration makes git run a program. A clone never brings them along: they
// were set by hand, or came with an unpacked folder.
const programs: Readonly<Record<string, (value: string) => boolean>> = {
  'core.fsmonitor': (value) => !switches.test(value),
  'core.sshcommand': () => true,
  'core.gitproxy': () => true,
  'diff.external': () => true,
  'gpg.program': () => true,
  'gpg.ssh.program': () => true,
  'uploadpack.packobjectshook': () => true,
};

/** Settings of this repository that make git run something: right where you set them yourself. */
export function settingChecks(settings: readonly Setting[]): Check[] {
  const own = settings.filter(({ scope }) => scope === 'local' || scope === 'worktree');
  return own.filter(runsProgram).map(({ key, value, scope }) => ({
    check: 'git config',
    severity: 'warning',
    message: `This repository's own configuration makes git run a program: ${key}=${value}\nFine if you set it. It does not come from a clone.`,
    fix: `git config --${scope} --unset ${key}`,
  }));
}

function runsProgram({ key, value }: Setting): boolean {
  if (key.startsWith('alias.') || /^credential\..*helper$/.test(key)) return value.startsWith('!');
  const runs = Object.hasOwn(programs, key) ? programs[key] : undefined;
  return runs?.(value) === true;
}
