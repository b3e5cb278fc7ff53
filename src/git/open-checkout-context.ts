import process from 'node:process';
import { StateManagerError } from '../errors.js';
import { askObjectFormat, type Checkout, type ObjectFormat } from './checkout-context.js';
import { type CheckoutPlace, findCheckout } from './checkout-place.js';
import type { Environment } from './environment.js';
import { type Objects, openObjects } from './objects.js';
import { objectsWithoutGit } from './without-git/objects.js';

export type OpenOptions = {
  /** Default: this process's environment. */
  readonly env?: Environment;
  /** How long a write waits for another one, ms. Default 30,000. */
  readonly lockTimeout?: number;
};

/** The checkout around `cwd`. Starts no process by itself. Throws NOT_A_REPOSITORY and BARE_REPOSITORY. */
export async function openCheckoutContext(cwd: string, options: OpenOptions = {}): Promise<Checkout> {
  const env = options.env ?? process.env;
  const place = await findCheckout(cwd, env);
  let format: Promise<ObjectFormat> | null = null;
  return {
    ...place,
    env,
    objects: objectsOf(place, env),
    lockTimeout: options.lockTimeout ?? 30_000,
    objectFormat: () => (format ??= askObjectFormat({ cwd: place.top, env })),
  };
}

/** For reads that go on where there is no git program; writes never do. */
export function withoutGit<Answer>(answer: () => Promise<Answer>): (error: unknown) => Promise<Answer> {
  return (error) => {
    if (error instanceof StateManagerError && error.code === 'GIT_NOT_FOUND') return answer();
    throw error;
  };
}

function objectsOf(place: CheckoutPlace, env: Environment): Objects {
  const withGit = openObjects({ cwd: place.top, env });
  const fallback = objectsWithoutGit(place.commonDir);
  return {
    read: (name) => withGit.read(name).catch(withoutGit(() => fallback.read(name))),
    close: () => {
      withGit.close();
    },
  };
}
