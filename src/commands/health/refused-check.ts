import { StateManagerError } from '../../errors.js';
import type { Check } from '../doctor/check.js';

/** What `look` answers; a refusal becomes the one check that failed. Anything else that is thrown is a bug. */
export async function orRefused(
  name: string,
  look: () => Promise<readonly Check[]>,
  severityOf: (error: StateManagerError) => Check['severity'] = () => 'error',
): Promise<readonly Check[]> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof StateManagerError)) throw error;
    const { message, hint } = error;
    return [{ check: name, severity: severityOf(error), message, ...(hint === undefined ? {} : { fix: hint }) }];
  }
}
