/** Requirements that have no row yet. */
export const openRows: readonly string[] = [
  ...range('R', 98, 134),
  ...range('R', 154, 190),
  ...range('C', 1, 50),
];

function range(letter: string, first: number, last: number): string[] {
  const width = letter === 'R' ? 3 : 1;
  return Array.from({ length: last - first + 1 }, (_, i) => letter + String(first + i).padStart(width, '0'));
}
