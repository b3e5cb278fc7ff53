import { terminalSafe } from './escape.js';

/** Text as a SARIF message: `[text](target)` would be shown as a link (SARIF 2.1.0 §3.11.6), so the two never touch. */
export function sarifText(text: string): string {
  return text.split('\n').map(terminalSafe).join('\n').replaceAll('](', '] (');
}
