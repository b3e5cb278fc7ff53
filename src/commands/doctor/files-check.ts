import { type Finding, hasErrors } from '../../core/finding.js';
import type { Check } from './check.js';

/** What `validate` made of the state files. */
export function filesCheck({ findings, files }: { findings: readonly Finding[]; files: readonly string[] }): Check {
  const many = `${files.length} state ${files.length === 1 ? 'file' : 'files'}`;
  if (hasErrors(findings)) {
    return { check: 'files', severity: 'error', message: `State is not valid (${many})`, fix: 'stateroot validate' };
  }
  if (findings.length > 0) {
    return { check: 'files', severity: 'warning', message: `${many}, with findings`, fix: 'stateroot validate' };
  }
  return { check: 'files', severity: 'ok', message: files.length === 0 ? 'no state yet' : `${many} valid` };
}
