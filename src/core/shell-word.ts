/** A word as a POSIX shell takes it: bare where that is safe, else in single quotes. Nothing in it is escaped for a terminal. */
export function shellWord(word: string): string {
  return /^[\w./@:+-][\w./@:+=,~-]*$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
