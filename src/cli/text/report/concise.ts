import type { Finding } from '../../../core/finding.js';
import { terminalSafe, terminalSafeLines } from '../escape.js';

/** One line per finding, as editors and problem matchers parse it: `file:line:column: severity message [rule]`. */
export function conciseReport(findings: readonly Finding[]): string {
  return findings.map(conciseLine).join('\n');
}

function conciseLine({ file, line = 1, column = 1, severity, message, rule }: Finding): string {
  const text = terminalSafeLines(message).join('; ');
  return `${terminalSafe(file)}:${line}:${column}: ${severity} ${text} [${terminalSafe(rule)}]`;
}
