import { type Checkout, inCheckout } from '../checkout-context.js';
import { gitText } from '../run.js';

/** One blob, durable; its oid. */
export function storeBlob(checkout: Checkout, text: string | Uint8Array): Promise<string> {
  const options = inCheckout(checkout, { durable: true, input: text });
  return gitText(['hash-object', '-w', '--no-filters', '--stdin'], options);
}

/** One commit, durable; its oid. */
export async function storeCommit(
  checkout: Checkout,
  tree: string,
  parents: readonly string[],
  { message, sign }: { readonly message: string; readonly sign: boolean },
): Promise<string> {
  const args = ['commit-tree', ...(sign ? ['-S'] : []), ...parents.flatMap((parent) => ['-p', parent]), tree];
  return gitText(args, inCheckout(checkout, { durable: true, input: message }));
}

/** commit-tree ignores commit.gpgSign (git-facts E23), so it is asked for. */
export async function wantsSignature(checkout: Checkout): Promise<boolean> {
  const args = ['config', '--type=bool', '--default=false', '--get', 'commit.gpgSign'];
  return (await gitText(args, inCheckout(checkout))) === 'true';
}
