import { readFileSync } from 'node:fs';

/**
 * Standard input to its end, without the streams that take longer to load than a hook takes to judge. Empty where it does
 * not wait: who started us may have left it non-blocking.
 */
export function stdinAtOnce(): Buffer {
  try {
    return readFileSync(0);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return Buffer.alloc(0);
    throw error;
  }
}
