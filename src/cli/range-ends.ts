/** The two sides of `a..b`, an empty right side is HEAD; null for what is no such range. */
export function rangeEnds(range: string): { from: string; to: string } | null {
  const [, from = '', to = ''] = /^(.*[^.])\.\.(?:([^.].*))?$/s.exec(range) ?? [];
  return from === '' ? null : { from, to: to === '' ? 'HEAD' : to };
}
