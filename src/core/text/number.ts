/**
 * Why a JSON number token cannot be kept exactly (FORMAT §2, `json-number`), or null. Exact without floats or
 * big integers: both sides are compared as decimal digits and an exponent.
 */
export function numberProblem(token: string): string | null {
  const value = Number(token);
  if (!Number.isFinite(value)) return 'is not finite as a 64-bit number';
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER) return 'is beyond 9007199254740991, where numbers stop being exact';
  if (Object.is(value, -0)) return 'is negative zero';
  if (token === String(value) || decimalKey(token) === decimalKey(String(value))) return null;
  return `is not exactly a 64-bit number: it would become ${String(value)}`;
}

/** The digits of a token whose value is an integer beyond 2^53−1 (`1e21` too), at most 1,000 of them; else null. */
export function hugeInteger(token: string): string | null {
  if (Math.abs(Number(token)) <= Number.MAX_SAFE_INTEGER) return null;
  const { negative, digits, exponent } = decimal(token);
  if (exponent < 0 || digits.length + exponent > 1000) return null;
  return `${negative ? '-' : ''}${digits}${'0'.repeat(exponent)}`;
}

function decimalKey(token: string): string {
  const { negative, digits, exponent } = decimal(token);
  return digits === '' ? '0' : `${negative ? '-' : ''}${digits}e${exponent}`;
}

/** value = ±digits × 10^exponent, digits without leading or trailing zeros ('' for zero). */
function decimal(token: string): { negative: boolean; digits: string; exponent: number } {
  const [mantissa = '', power = '0'] = token.toLowerCase().split('e');
  const negative = mantissa.startsWith('-');
  const [whole = '', fraction = ''] = mantissa.slice(negative ? 1 : 0).split('.');
  const leading = (whole + fraction).replace(/^0+/, '');
  const digits = leading.slice(0, lastNonZero(leading) + 1);
  return { negative, digits, exponent: Number(power) - fraction.length + (leading.length - digits.length) };
}

/** A regular expression for trailing zeros is quadratic on long runs of inner zeros. */
function lastNonZero(digits: string): number {
  let at = digits.length - 1;
  while (at >= 0 && digits.charAt(at) === '0') at -= 1;
  return at;
}
