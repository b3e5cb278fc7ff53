import { StateManagerError } from '../../errors.js';

/** What the model refuses about one entry is a reason to quarantine it, not to stop the import. */
export function refused<T>(attempt: () => T): T | { readonly reason: string } {
  try {
    return attempt();
  } catch (error) {
    if (!(error instanceof StateManagerError)) throw error;
    return { reason: problemsOf(error) ?? error.message };
  }
}

function problemsOf(error: StateManagerError): string | null {
  const problems = error.details['problems'] as readonly { path: string; message: string }[] | undefined;
  if (problems === undefined || problems.length === 0) return null;
  return problems.map(({ path, message }) => `${path.slice(1)} ${message}`).join('; ');
}
