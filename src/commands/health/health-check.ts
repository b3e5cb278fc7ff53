import type { Check } from '../doctor/check.js';

/** What `health` looks at, in the order it is told. */
export const healthParts = ['system', 'backends', 'data', 'performance', 'migration'] as const;

export type HealthPart = (typeof healthParts)[number];

export type HealthCheck = Check & { readonly part: HealthPart };

/** The checks of one part. */
export function partOf(part: HealthPart, checks: readonly Check[]): HealthCheck[] {
  return checks.map((check) => ({ part, ...check }));
}
