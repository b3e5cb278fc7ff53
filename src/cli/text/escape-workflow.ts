import { terminalSafeLines } from './escape.js';

/**
 * Text as the message of a GitHub workflow command (`::error …::message`): one line whatever it holds. Line ends become
 * `%0A`, which GitHub shows as lines; everything a log viewer could obey is spelled out as on a terminal.
 */
export function workflowMessage(text: string): string {
  return terminalSafeLines(text).join('\n').replaceAll('%', '%25').replaceAll('\n', '%0A');
}

/** Text as a property of a workflow command (`file=…,title=…`), where colons and commas end it. */
export function workflowProperty(text: string): string {
  return workflowMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
