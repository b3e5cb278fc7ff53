import { homedir, userInfo } from 'node:os';
import { basename } from 'node:path';
import { knownSecrets } from '../../core/redact/known-secrets.js';
import type { Hidden } from '../../core/redact/redact-text.js';
import type { Setting } from '../../ports/checkout.js';
import { otherVariables } from './environment-names.js';

type Sources = {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Of git; none where git was not asked. */
  readonly settings: readonly Setting[];
  /** Absolute; null outside of a repository. */
  readonly top: string | null;
};

/** Accounts of nobody: their names are words of this tool or of systems. */
const nobody: ReadonlySet<string> = new Set([
  'root',
  'admin',
  'user',
  'node',
  'runner',
  'ubuntu',
  'build',
  'ci',
  'git',
  'home',
]);

/** What this machine, its variables and git's configuration know that no report may say. */
export function hiddenHere({ environment, settings, top }: Sources): Hidden {
  const variables = otherVariables(environment);
  const homes = [homedir(), environment['HOME'] ?? '', environment['USERPROFILE'] ?? ''].filter(
    (home) => home.length > 1,
  );
  const identities = [
    ...variables.filter(([name]) =>
      /^(?:USER|LOGNAME|USERNAME|GIT_(?:AUTHOR|COMMITTER)_(?:NAME|EMAIL)|EMAIL)$/.test(name),
    ),
    ...settings
      .filter(({ key }) => /^(?:user|author|committer)\.(?:name|email)$/.test(key))
      .map(({ key, value }) => [key, value]),
  ].flatMap(([, value = '']) => [value, ...value.split(/[\s@]+/)]);
  const users = [...identities, accountName(), ...homes.map((home) => basename(home))];
  return {
    secrets: knownSecrets([...variables, ...settings.map(({ key, value }) => [key, value] as const)].filter(isNoPlace)),
    users: [...new Set(users)].filter((user) => user.length >= 3 && !nobody.has(user.toLowerCase())),
    folders: new Map([
      ...homes.map((home) => [home, '~'] as const),
      ...(top === null ? [] : [[top, '<repository>'] as const]),
    ]),
  };
}

/** What git is told about our own drivers and hooks is shown. */
function isNoPlace([name]: readonly [string, string]): boolean {
  return !/^(?:merge|diff)\.stateroot\.|^stateroot\.|^(?:PWD|OLDPWD)$/.test(name);
}

/** There may be none of that number in a container. */
function accountName(): string {
  try {
    return userInfo().username;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return '';
    throw error;
  }
}
