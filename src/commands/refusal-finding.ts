import type { Finding } from '../core/finding.js';
import { findingOfRefusal } from '../core/inspect/finding-of.js';
import { networkOfPath } from '../core/layout.js';
import type { Refusal } from '../core/text/read.js';
import { StateManagerError } from '../errors.js';

/** A file that cannot be read, as the one finding it has (FORMAT §2). */
export function refusalFinding(file: string, refusal: Refusal): Finding {
  return findingOfRefusal(refusal, { path: file, network: networkOfPath(file)?.network ?? '' });
}

/** For a command that needs exactly this file. `details.findings` holds the finding. */
export function unreadable(file: string, refusal: Refusal): StateManagerError {
  const where = `${file}:${refusal.line}:${refusal.column}`;
  return new StateManagerError('STATE_INVALID', `${where} ${refusal.rule}: ${refusal.message}`, {
    hint: `correct the file, or take back the edit: git restore -SW ${file}`,
    details: { findings: [refusalFinding(file, refusal)] },
  });
}
