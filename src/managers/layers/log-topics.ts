/** What `DEBUG_*` variables can ask for. */
export type LogTopic = 'state-manager' | 'json' | 'leveldb' | 'dual-write' | 'migration' | 'deployment';

export type LogRequest = {
  readonly topics: ReadonlySet<LogTopic>;
  /** Whether the contracts that are written may be shown, constructor arguments too. */
  readonly verbose: boolean;
};

const variables: Readonly<Record<string, LogTopic>> = {
  DEBUG_STATE_MANAGER: 'state-manager',
  DEBUG_JSON_BACKEND: 'json',
  DEBUG_LEVELDB_BACKEND: 'leveldb',
  DEBUG_DUAL_WRITE: 'dual-write',
  MIGRATION_DEBUG: 'migration',
  DEBUG_DEPLOYMENT: 'deployment',
};

/**
 * What an environment asks to be logged (documents 001 and 004): the variables above when they are `true`, `1`, `yes` or
 * `on`; everything by `DEBUG=*`, by a `DEBUG` that names stateroot, and by VERBOSE_LOGGING, which alone shows contracts.
 */
export function logTopics(environment: Readonly<Record<string, string | undefined>>): LogRequest {
  const verbose = isOn(environment['VERBOSE_LOGGING']);
  const named = (environment['DEBUG'] ?? '').split(/[\s,]+/);
  const isEverything = verbose || named.some((name) => name === '*' || /^stateroot(?::?\*)?$/.test(name));
  const asked = Object.entries(variables).filter(([variable]) => isEverything || isOn(environment[variable]));
  return { topics: new Set(asked.map(([, topic]) => topic)), verbose };
}

function isOn(value: string | undefined): boolean {
  return value !== undefined && ['true', '1', 'yes', 'on'].includes(value.trim().toLowerCase());
}
