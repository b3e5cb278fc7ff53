/**
 * Every refusal this tool can make, with the exit code the CLI gives it (CONTRACT §6).
 * Codes are stable: renaming one is a breaking change, rewording a message is not.
 */
export const exitCodes = {
  // 1: the answer is no
  STATE_INVALID: 1,
  NOT_FOUND: 1,
  VALIDATION_FAILED: 1,
  NOT_APPLICABLE: 1,
  // 2: usage, bad input or bad configuration
  BAD_USAGE: 2,
  BAD_INPUT: 2,
  NETWORK_NAME_INVALID: 2,
  RECORD_NAME_INVALID: 2,
  RECORD_INVALID: 2,
  NAME_AMBIGUOUS: 2,
  CHAIN_ID_UNKNOWN: 2,
  CHAIN_ID_MISMATCH: 2,
  CONFIG_INVALID: 2,
  UNKNOWN_REVISION: 2,
  BRANCH_INVALID: 2,
  DETACHED_HEAD: 2,
  LEVELDB_NOT_FOUND: 2,
  LEVELDB_INVALID: 2,
  CHECKSUM_MISMATCH: 2,
  IMPORT_STRICT: 2,
  OUTPUT_EXISTS: 2,
  CONFIRMATION_NEEDED: 2,
  ACCESS_DENIED: 2,
  ADDRESS_AMBIGUOUS: 2,
  HASH_INCOMPARABLE: 2,
  BACKEND_INVALID: 2,
  CHAIN_AMBIGUOUS: 2,
  ENVIRONMENT_INVALID: 2,
  // 3: a person decides
  CONFLICT: 3,
  UNCOMMITTED_EDITS: 3,
  OPERATION_IN_PROGRESS: 3,
  BRANCH_EXISTS: 3,
  BRANCH_CHECKED_OUT: 3,
  RECOVERY_NEEDED: 3,
  // 4: git, file system or network failed
  NOT_A_REPOSITORY: 4,
  BARE_REPOSITORY: 4,
  GIT_NOT_FOUND: 4,
  GIT_TOO_OLD: 4,
  GIT_FAILED: 4,
  IDENTITY_MISSING: 4,
  HOOK_REFUSED: 4,
  PUSH_REFUSED: 4,
  PUSH_UNKNOWN: 4,
  FILE_FAILED: 4,
  LEVELDB_READ_ERROR: 4,
  LEVELDB_WRITE_ERROR: 4,
  JSON_LOAD_ERROR: 4,
  JSON_PARSE_ERROR: 4,
  JSON_WRITE_ERROR: 4,
  BACKEND_UNAVAILABLE: 4,
  DUAL_WRITE_FAILED: 4,
  MIGRATION_FAILED: 4,
  // 5: busy or raced, try again
  BUSY: 5,
  RACED: 5,
  LEVELDB_LOCKED: 5,
} as const;

export type ErrorCode = keyof typeof exitCodes;

type RefusalOptions = {
  hint?: string;
  cause?: unknown;
  details?: Readonly<Record<string, unknown>>;
};

/**
 * Something we refuse to do: what, where, why, and in `hint` the command to run next.
 * Anything else that is thrown is a bug.
 */
export class StateManagerError extends Error {
  override readonly name = 'StateManagerError';
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly details: Readonly<Record<string, unknown>>;

  /** The third argument may be the cause alone, as in the design documents. */
  constructor(code: ErrorCode, message: string, more: Error | RefusalOptions = {}) {
    const { hint, cause, details = {} }: RefusalOptions = more instanceof Error ? { cause: more } : more;
    super(message, cause === undefined ? {} : { cause });
    this.code = code;
    this.hint = hint;
    this.details = details;
  }
}
