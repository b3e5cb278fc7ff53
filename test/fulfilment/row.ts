/** A requirement of the design documents, or a contradiction between them, with the code and the test that fulfil it. */
export type FulfilledRow = {
  /** `R001` to `R190`, `C1` to `C50`. */
  readonly id: string;
  /** What is asked for, in one line of our own. */
  readonly says: string;
  /**
   * What does it: a file and what it declares, `src/errors.ts#StateManagerError` or `…#Class.method`; of a file that is no
   * TypeScript only its path, and then `breaks` says what to take out. With it broken, the test fails.
   */
  readonly code: string;
  /** File of the test and the title of one `it` in it, or in a suite that it calls: `test/errors.test.ts › title`. */
  readonly test: string;
  /** How the code is broken where emptying it would prove nothing: text that stands once in it, and other text. */
  readonly breaks?: { readonly from: string; readonly to: string };
};

/** One that no code can fulfil, and why. */
export type ReasonRow = { readonly id: string; readonly says: string; readonly reason: string };

export type Row = FulfilledRow | ReasonRow;

export function isFulfilled(row: Row): row is FulfilledRow {
  return 'code' in row;
}

/** `src/a.ts#name` as file and symbol; a file that is no TypeScript has none. */
export function codeOf({ code }: FulfilledRow): { file: string; symbol: string | null } {
  const [file = '', symbol = null] = code.split('#');
  return { file, symbol };
}

export function testOf({ test }: FulfilledRow): { file: string; title: string } {
  const [file = '', ...title] = test.split(' › ');
  return { file, title: title.join(' › ') };
}
