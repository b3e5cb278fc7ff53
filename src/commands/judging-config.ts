import { type Config, defaultConfig, readConfig } from '../core/config/config.js';
import type { Finding } from '../core/finding.js';
import { inspectConfig } from '../core/inspect/config.js';
import type { StateFile } from '../ports/state-repository.js';

export type ConfigPair = {
  readonly judging: Config;
  /** The configuration of what is judged; it can only add. Null where it is the one that judges. */
  readonly proposed: Config | null;
  readonly findings: readonly Finding[];
};

/**
 * The configuration of the base judges, the built-in one where the base has none (CONTRACT §8). One that cannot be read
 * is a finding: an error in what is judged, a warning in the base, whose successor must be able to repair it.
 */
export function judgingConfig(
  head: { readonly config: StateFile | null },
  base: { readonly config: StateFile | null },
): ConfigPair {
  const [own, old] = [inspected(head.config), inspected(base.config)];
  const inBase = old.findings.map(
    (finding): Finding => ({
      ...finding,
      severity: 'warning',
      message: `in the base: ${finding.message}; the built-in configuration judges`,
    }),
  );
  const known = new Set(old.findings.map(keyOf));
  const fresh = own.findings.filter((finding) => !known.has(keyOf(finding)));
  return { judging: old.config ?? defaultConfig, proposed: own.config, findings: [...fresh, ...inBase] };
}

function keyOf({ rule, path, message }: Finding): string {
  return JSON.stringify([rule, path, message]);
}

function inspected(file: StateFile | null): { config: Config | null; findings: Finding[] } {
  if (file === null) return { config: defaultConfig, findings: [] };
  const findings = inspectConfig(file);
  return { config: findings.length > 0 ? null : readConfig(file.bytes), findings };
}
