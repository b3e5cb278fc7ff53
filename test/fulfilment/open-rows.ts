/** Requirements that have no row yet. */
export const openRows: readonly string[] = [
  'R074',
  'R078',
  ...range('R', 98, 104),
  ...range('R', 106, 107),
  ...range('R', 111, 113),
  'R115',
  'R118',
  ...range('R', 120, 124),
  ...range('R', 133, 134),
  ...range('R', 164, 168),
  'R170',
  'R177',
  'R190',
  'C33',
  'C41',
  'C46',
];

function range(letter: string, first: number, last: number): string[] {
  const width = letter === 'R' ? 3 : 1;
  return Array.from({ length: last - first + 1 }, (_, i) => letter + String(first + i).padStart(width, '0'));
}
