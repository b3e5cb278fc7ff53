/**
 * The name of a file in `deployments/` without `.json`, null for what is no deployment file by its name: backups, unified,
 * `config-…`, `enhanced-…`, reports and doubled endings lie beside them in real folders.
 */
export function plainNameOf(fileName: string): string | null {
  if (!fileName.endsWith('.json') || fileName.startsWith('.')) return null;
  const name = fileName.slice(0, -'.json'.length);
  return name === '' || clutter.some((form) => form.test(name)) ? null : name;
}

const clutter: readonly RegExp[] = [
  /\.json$/i,
  /(?:^|\.)(?:unified|backup|bak|tmp|schema)(?:$|[.-])/i,
  /^(?:config|enhanced|cleanup|backup|policy|verification|migration|export|validation|unified)(?:$|[-_])/i,
  /-(?:latest|\d{13})$/,
];
