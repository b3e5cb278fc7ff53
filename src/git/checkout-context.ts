import type { CheckoutPlace } from './checkout-place.js';
import type { Environment } from './environment.js';
import type { Objects } from './objects.js';
import { gitText, type RunOptions } from './run.js';

/** What every part of the git adapter works with; built once by `openRepository`. */
export type Checkout = CheckoutPlace & {
  readonly env: Environment;
  readonly objects: Objects;
  readonly lockTimeout: number;
  /** sha1 or sha256, asked once. */
  objectFormat(): Promise<ObjectFormat>;
};

export type ObjectFormat = { readonly name: 'sha1' | 'sha256'; readonly bytes: number; readonly zero: string };

/** Options for a git process at the top of the work tree. */
export function inCheckout(checkout: Pick<Checkout, 'top' | 'env'>, more: Partial<RunOptions> = {}): RunOptions {
  return { cwd: checkout.top, env: checkout.env, ...more };
}

export async function askObjectFormat(options: RunOptions): Promise<ObjectFormat> {
  const name = await gitText(['rev-parse', '--show-object-format'], options);
  return name === 'sha256'
    ? { name, bytes: 32, zero: '0'.repeat(64) }
    : { name: 'sha1', bytes: 20, zero: '0'.repeat(40) };
}
