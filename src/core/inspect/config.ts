import { readConfig } from '../config/config.js';
import { StateManagerError } from '../../errors.js';
import { compareFindings, type Finding } from '../finding.js';
import { isObject } from '../json.js';
import { readText } from '../text/read.js';
import { findingOfRefusal, placed, type Subject } from './finding-of.js';

/** `stateroot.config.json`: readable, and what its schema says. It is written by people: its text need not be canonical. */
export function inspectConfig(file: { readonly path: string; readonly bytes: Uint8Array }): Finding[] {
  const subject = { path: file.path, network: '' };
  const read = readText(file.bytes);
  if (!read.ok) return [findingOfRefusal(read.refusal, subject)];
  try {
    readConfig(file.bytes);
    return [];
  } catch (error) {
    if (error instanceof StateManagerError && error.code === 'CONFIG_INVALID') return problemsOf(error, subject);
    throw error;
  }
}

function problemsOf(error: StateManagerError, subject: Subject): Finding[] {
  const problems = error.details['problems'];
  return (Array.isArray(problems) ? (problems as unknown[]) : [])
    .filter(isProblem)
    .map(({ path, line, column, message }) =>
      placed({ rule: 'config-form', path, message: `${path === '' ? 'The file' : path} ${message}` }, subject, {
        line,
        column,
      }),
    )
    .sort(compareFindings);
}

type Problem = { readonly path: string; readonly message: string; readonly line: number; readonly column: number };

/** The shape that `readConfig` puts into `details.problems`. */
function isProblem(value: unknown): value is Problem {
  return isObject(value) && typeof value['path'] === 'string' && typeof value['line'] === 'number';
}
