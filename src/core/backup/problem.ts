import type { Finding } from '../finding.js';

/** Something wrong with a backup; `file` is relative to its folder. */
export function backupProblem(
  rule: `backup/${string}`,
  file: string,
  message: string,
  severity: Finding['severity'] = 'error',
): Finding {
  return { rule, severity, network: '', file, path: '', message };
}
