/** Up to three of `candidates` that someone who typed `asked` may have meant, the closest first. */
export function nearNames(asked: string, candidates: readonly string[]): string[] {
  const limit = asked.length < 3 ? 1 : asked.length < 6 ? 2 : 3;
  return candidates
    .map((name) => ({ name, distance: distance(asked.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= limit || contains(name, asked))
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name);
}

function contains(name: string, asked: string): boolean {
  return asked.length > 2 && name.toLowerCase().includes(asked.toLowerCase());
}

/** Levenshtein's: how many letters to insert, remove or replace. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const replaced = (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
