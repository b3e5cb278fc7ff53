import type { DualWarning } from './pair.js';

/** Where nobody listens, nothing goes wrong in silence all the same. */
export function warnProcess({ kind, message }: DualWarning): void {
  process.emitWarning(message, { type: 'StateManagerWarning', code: kind.toUpperCase().replaceAll('-', '_') });
}
