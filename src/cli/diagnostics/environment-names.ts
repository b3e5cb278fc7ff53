/** Variables whose values say how stateroot and its managers are set up; no other variable is shown. */
const own: readonly string[] = [
  'DEBUG_DEPLOYMENT',
  'DEBUG_DUAL_WRITE',
  'DEBUG_JSON_BACKEND',
  'DEBUG_LEVELDB_BACKEND',
  'DEBUG_STATE_MANAGER',
  'DUAL_WRITE_MODE',
  'EMERGENCY_ROLLBACK',
  'ENABLE_CACHING',
  'ENABLE_FALLBACK',
  'FORCE_LEVELDB_FALLBACK',
  'MIGRATION_DEBUG',
  'PREFER_JSON',
  'PRIMARY_BACKEND',
  'STATE_BACKEND',
  'VERBOSE_LOGGING',
];

type Environment = Readonly<Record<string, string | undefined>>;

/** Those of them that are set, by name. A value that is no word of theirs is only said to be set. */
export function ownVariables(environment: Environment): Readonly<Record<string, string>> {
  return Object.fromEntries(
    own.flatMap((name): [string, string][] => {
      const value = environment[name];
      if (value === undefined) return [];
      return [[name, /^[a-z0-9-]{0,20}$/i.test(value) ? value : '(set to something else)']];
    }),
  );
}

/** All others: what they hold may be a secret. */
export function otherVariables(environment: Environment): [string, string][] {
  return Object.entries(environment).flatMap(([name, value]): [string, string][] =>
    value === undefined || own.includes(name) ? [] : [[name, value]],
  );
}
