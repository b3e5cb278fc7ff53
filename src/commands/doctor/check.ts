/** One thing that was looked at. */
export type Check = {
  readonly check: string;
  readonly severity: 'ok' | 'warning' | 'error';
  /** One sentence; a consequence may follow on a second line. */
  readonly message: string;
  /** The command that repairs it, or the file to change. */
  readonly fix?: string;
};
