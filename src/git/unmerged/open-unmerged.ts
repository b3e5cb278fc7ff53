import type { Unmerged } from '../../ports/unmerged.js';
import { openCheckoutContext, type OpenOptions } from '../open-checkout-context.js';
import { readOperation } from './operation.js';
import { readUnmerged } from './unmerged.js';
import { writeSettlements } from './write-settlements.js';

/** Conflicts of the checkout around `cwd`. Throws NOT_A_REPOSITORY and BARE_REPOSITORY. */
export async function openUnmerged(cwd: string, options: OpenOptions = {}): Promise<Unmerged> {
  const checkout = await openCheckoutContext(cwd, options);
  return {
    operation: (unmerged) => readOperation(checkout, unmerged),
    unmerged: () => readUnmerged(checkout),
    write: (settlements) => writeSettlements(checkout, settlements),
    close: () => {
      checkout.objects.close();
    },
  };
}
