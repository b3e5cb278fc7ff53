/** Why a file of this name is never read as state, whatever it holds; null for any other name. */
export function clutterReason(name: string): string | null {
  if (/\.unified\.json$/.test(name)) return 'it is called like a 3.0 file: stateroot import unified brings it in';
  if (/backup/i.test(name)) return 'backups are never read';
  if (/\.json\.json$/.test(name)) return 'a name ending in .json.json is a slip of a script';
  if (/^test-|[.-]test\.json$/.test(name)) return 'it is called like test data';
  return null;
}
