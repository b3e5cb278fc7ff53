export type Severity = 'error' | 'warning' | 'info';

/** Something wrong in a snapshot, as `--json` prints it (CONTRACT §5). Lines and columns count from 1, columns in UTF-16 units. */
export type Finding = {
  readonly rule: string;
  readonly severity: Severity;
  readonly network: string;
  readonly contract?: string;
  /** Relative to the repository root. */
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  /** RFC 6901 pointer into the file. */
  readonly path: string;
  readonly message: string;
  readonly hint?: string;
  /** Other places that belong to it: the other end, the other record. */
  readonly related?: readonly RelatedPlace[];
};

type RelatedPlace = Pick<Finding, 'network' | 'file' | 'line' | 'column' | 'path'>;

/** FORMAT §13: by file, then line, column, rule, path. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    compareText(a.file, b.file) ||
    (a.line ?? 0) - (b.line ?? 0) ||
    (a.column ?? 0) - (b.column ?? 0) ||
    compareText(a.rule, b.rule) ||
    compareText(a.path, b.path) ||
    compareText(a.message, b.message)
  );
}

export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.severity === 'error');
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
