import { isDamage } from './damage.js';

/** Something in the files of a LevelDB that is not as LevelDB leaves it. */
export type StoreProblem = {
  readonly file: string;
  /** Bytes from the beginning of the file. */
  readonly offset: number;
  /** `crc`, `torn-tail`, `missing-file`, `size`, …: stable. */
  readonly kind: string;
  readonly message: string;
  /** `error`: an entry may be missing or older than the last one written. `warning`: no entry that was acknowledged is. */
  readonly severity: 'error' | 'warning';
  /** How many keys it can affect at most; null when the damaged bytes themselves would have to say so. */
  readonly keys: number | null;
};

/** Where problems are gathered while one file is read. */
export type Report = (problem: Pick<StoreProblem, 'offset' | 'kind' | 'message'> & Partial<StoreProblem>) => void;

export function reportTo(problems: StoreProblem[], file: string, severity: StoreProblem['severity'] = 'error'): Report {
  return (problem) => {
    problems.push({ file, severity, keys: null, ...problem });
  };
}

/** Runs `read`; damage becomes a problem, and the answer null. */
export function orProblem<Result>(report: Report, offset: number, read: () => Result): Result | null {
  try {
    return read();
  } catch (error) {
    if (!isDamage(error)) throw error;
    report({ offset: offset + error.offset, kind: error.kind, message: error.message });
    return null;
  }
}
