import { type CheckoutPlace, findCheckout } from '../git/checkout-place.js';
import type { Environment } from '../git/environment.js';
import { StateManagerError } from '../errors.js';

const outside: ReadonlySet<string> = new Set(['NOT_A_REPOSITORY', 'BARE_REPOSITORY', 'GIT_NOT_FOUND']);

/** The checkout a folder is in, null where it is in none. */
export async function checkoutAround(cwd: string, env: Environment = process.env): Promise<CheckoutPlace | null> {
  try {
    return await findCheckout(cwd, env);
  } catch (cause) {
    if (cause instanceof StateManagerError && outside.has(cause.code)) return null;
    throw cause;
  }
}
