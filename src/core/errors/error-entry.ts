/** What a person reads about a code: `stateroot explain <code>`. */
export type ErrorEntry = {
  /** One sentence, without the particulars that a refusal adds. */
  readonly message: string;
  readonly causes: readonly string[];
  /** In order. */
  readonly resolution: readonly Step[];
  readonly prevention: string;
};

/** What to do, and the command that does it where there is one. */
type Step = readonly [todo: string, command?: string];
