import type { Finding } from '../../../core/finding.js';
import { packageVersion } from '../../installation.js';
import { conciseReport } from './concise.js';
import { githubReport } from './github.js';
import { sarifReport } from './sarif.js';

/** Findings for a machine, by the name of `--reporter`; null for `text`, which needs more than the findings. `verb` shows them all. */
export function reportFindings(reporter: string, findings: readonly Finding[], verb = 'validate'): string | null {
  if (reporter === 'concise') return conciseReport(findings);
  if (reporter === 'github') return githubReport(findings, verb);
  return reporter === 'sarif' ? sarifReport(findings, packageVersion()) : null;
}
