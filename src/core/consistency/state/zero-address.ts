/** The zero address, also in the short form `0x0` that scripts leave. */
export function isZeroAddress(text: string): boolean {
  return text.length <= 42 && /^0x0*$/i.test(text);
}
