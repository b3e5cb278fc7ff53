export type HashProblem = 'hash-format' | 'hash-case';

const anyCase = /^0x[0-9a-fA-F]{64}$/;

/** The rule a code hash breaks (FORMAT §6), or null. `hash-case` is the one that `fmt` repairs. */
export function hashProblem(value: unknown): HashProblem | null {
  if (typeof value !== 'string' || !anyCase.test(value)) return 'hash-format';
  return value === value.toLowerCase() ? null : 'hash-case';
}

/** A hash in lower case; every other text as it is. */
export function lowerHash(text: string): string {
  return anyCase.test(text) ? text.toLowerCase() : text;
}
