import { compareText } from '../equal.js';

/**
 * The text of SHA256SUMS: every file of the backup but itself, as `sha256sum -c` reads it from the folder of the backup.
 * There is one text for one set of files, so a change of any byte in it shows.
 */
export function sumsText(files: readonly { readonly path: string; readonly sha256: string }[]): string {
  return [...files]
    .sort((a, b) => compareText(a.path, b.path))
    .map((file) => line(file.path, file.sha256))
    .join('');
}

/** A name with a backslash or a line break is escaped, and the line says so by its first character. */
function line(path: string, sha256: string): string {
  const escaped = path.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
  return `${escaped === path ? '' : '\\'}${sha256}  ${escaped}\n`;
}
