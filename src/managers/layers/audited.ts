import { userInfo } from 'node:os';
import { StateManagerError } from '../../errors.js';
import { changeKey } from '../contract-key.js';
import type { StoreChange, StoreLayer } from '../contract-store.js';
import { delegating } from '../each-call.js';
import { appendAudit } from './audit-file.js';
import { type AuditEntry, auditLine } from './audit-line.js';
import { contractChecksum } from './contract-checksum.js';
import { drained } from './drained.js';

export type AuditOptions = (
  | { readonly file: string }
  /** Gets whole lines with their line feeds, in order, never two calls at once. What it throws refuses the write. */
  | { readonly write: (lines: string) => Promise<void> | void }
) & {
  /** Who writes; default the account this process runs under. */
  readonly user?: string | undefined;
};

/**
 * Each change leaves two lines: before it is made, and with what became of it. A write whose first line cannot be kept is
 * refused before it happens (FILE_FAILED, `details.written` false); when the second cannot be kept, `details.written` says
 * whether the store has written. What the contract was stands there as its checksum, never its arguments.
 */
export function audited(options: AuditOptions): StoreLayer {
  const record = 'file' in options ? (entries: Entries) => appendAudit(options.file, entries) : chained(options.write);
  const user = options.user ?? userInfo().username;
  return (store) =>
    drained({
      ...delegating(store),
      async apply(changes) {
        const note = (success: boolean | null, detailsOf: (change: StoreChange, index: number) => object) =>
          record(changes.map((change, index) => entryOf(change, user, success, { ...detailsOf(change, index) })));
        await noted(false, () => note(null, (change) => ({ stage: 'begun', ...contentOf(change) })));
        let changed: readonly boolean[];
        try {
          changed = await store.apply(changes);
        } catch (error) {
          const code = error instanceof StateManagerError ? error.code : undefined;
          const message = error instanceof Error ? error.message : String(error);
          // Where this cannot be kept the caller still has to learn what the store said; the line before it has no end then.
          await Promise.allSettled([note(false, () => ({ stage: 'ended', code, message }))]);
          throw error;
        }
        await noted(true, () => note(true, (_change, index) => ({ stage: 'ended', changed: changed[index] ?? false })));
        return changed;
      },
    });
}

type Entries = readonly AuditEntry[];

/** For lines that go elsewhere: chained from the first this process writes. */
function chained(write: (lines: string) => Promise<void> | void): (entries: Entries) => Promise<void> {
  let previous: string | null = null;
  let queue: Promise<void> = Promise.resolve();
  return (entries) => {
    const written = queue.then(async () => {
      const lines: string[] = [];
      let last = previous;
      for (const entry of entries) {
        const { line, checksum } = auditLine(entry, last);
        lines.push(`${line}\n`);
        last = checksum;
      }
      await write(lines.join(''));
      previous = last;
    });
    queue = Promise.allSettled([written]).then(() => undefined);
    return written;
  };
}

function entryOf(
  change: StoreChange,
  user: string,
  success: boolean | null,
  details: Readonly<Record<string, unknown>>,
): AuditEntry {
  const timestamp = new Date().toISOString();
  return { timestamp, operation: change.kind, resource: changeKey(change), user, success, details };
}

function contentOf(change: StoreChange): object {
  if (change.kind === 'delete') return {};
  return { contract: contractChecksum({ ...change.contract, chainId: change.scope.chainId }) };
}

async function noted(written: boolean, note: () => Promise<void>): Promise<void> {
  try {
    await note();
  } catch (cause) {
    if (cause instanceof StateManagerError && cause.code !== 'FILE_FAILED') throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    const what = written ? 'The write was made, but not its line in the audit' : 'Nothing was written';
    throw new StateManagerError('FILE_FAILED', `${what}: ${reason}`, {
      hint: 'make the audit writable again',
      cause,
      details: { written },
    });
  }
}
