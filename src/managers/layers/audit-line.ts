import { createHash } from 'node:crypto';

/** One line of an audit. `success` is null in the line before a write, which says only that it begins. */
export type AuditEntry = {
  /** ISO 8601, UTC. */
  readonly timestamp: string;
  readonly operation: 'put' | 'delete';
  /** `<chainId>-<contractName>` */
  readonly resource: string;
  readonly user: string;
  readonly success: boolean | null;
  readonly details: Readonly<Record<string, unknown>>;
};

const ending = /^(\{.*),"checksum":"(sha256:[0-9a-f]{64})"\}$/;

/**
 * The entry as one line of JSON without line feed: its members, `previous`, which is the checksum of the line before (null
 * in the first), and at the end `checksum`: `sha256:` and the hash of the line as it would be without it.
 */
export function auditLine(
  { timestamp, operation, resource, user, success, details }: AuditEntry,
  previous: string | null,
): { readonly line: string; readonly checksum: string } {
  const body = JSON.stringify({ timestamp, operation, resource, user, success, details, previous });
  const checksum = hashOf(body);
  return { line: `${body.slice(0, -1)},"checksum":"${checksum}"}`, checksum };
}

/** The checksum of a line that has one that holds; null for any other text. */
export function checksumOfLine(line: string): string | null {
  const [, members, checksum] = ending.exec(line) ?? [];
  if (members === undefined || checksum === undefined) return null;
  return checksum === hashOf(`${members}}`) ? checksum : null;
}

function hashOf(body: string): string {
  return `sha256:${createHash('sha256').update(body, 'utf8').digest('hex')}`;
}
