import type { Finding } from '../finding.js';
import type { LineColumn } from '../text/line-column.js';
import type { Locator } from '../text/position.js';
import type { Refusal } from '../text/refusal.js';
import type { Complaint } from './complaint.js';
import { hintFor } from './hint.js';
import { ruleOf } from './rules.js';

/** The file a finding is about: path relative to the repository root, network as it calls itself. */
export type Subject = { readonly path: string; readonly network: string };

/** A complaint with severity, position and hint (FORMAT §13). Without a locator it has no position. */
export function findingOf(complaint: Complaint, subject: Subject, find: Locator | null): Finding {
  const at = ruleOf(complaint.rule)?.at ?? 'value';
  return placed(complaint, subject, find === null ? {} : find(complaint.path, at));
}

/** A complaint whose position is known without the file's structure. */
export function placed(complaint: Complaint, subject: Subject, position: LineColumn | Record<string, never>): Finding {
  const { rule, path, contract, message } = complaint;
  return {
    rule,
    severity: ruleOf(rule)?.severity ?? 'error',
    network: subject.network,
    ...(contract === undefined ? {} : { contract }),
    file: subject.path,
    ...position,
    path,
    message,
    hint: hintFor(rule, subject.path),
  };
}

export function findingOfRefusal({ rule, path, line, column, message }: Refusal, subject: Subject): Finding {
  return placed({ rule, path, message }, subject, { line, column });
}
