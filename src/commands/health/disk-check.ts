import type { Check } from '../doctor/check.js';

/** What document 003 asks for before a migration (R187). */
const asked = 10_000_000_000;
/** Below this a write may not find room for its objects. */
const needed = 100_000_000;

/** `free` in bytes, of the file system that `what` is on. */
export function diskCheck(what: string, free: number): Check {
  const message = `${(free / 1e9).toFixed(1)} GB free for ${what}`;
  if (free >= asked) return { check: 'disk', severity: 'ok', message };
  const isFull = free < needed;
  return {
    check: 'disk',
    severity: isFull ? 'error' : 'warning',
    message: `${message}; ${isFull ? 'writes may fail' : 'a migration is to have 10 GB'}`,
    fix: 'make room on that disk',
  };
}
