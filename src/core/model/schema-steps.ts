import { StateManagerError } from '../../errors.js';
import { type JsonObject, member } from '../json.js';
import { shown } from '../shown.js';

/** How a network file of one schema version becomes one of the next (FORMAT §12): pure, and it loses nothing. */
export type SchemaStep = {
  /** `3.0.0` */
  readonly from: string;
  /** A later version. */
  readonly to: string;
  readonly apply: (root: JsonObject) => JsonObject;
};

/**
 * The file as the steps make it, one after the other from its own version on; `schemaVersion` is set by each. A file that
 * no step begins at stays as it is. Throws MIGRATION_FAILED where two steps begin at one version, or a step does not lead
 * to a later one: neither has one outcome.
 */
export function evolve(root: JsonObject, steps: readonly SchemaStep[]): JsonObject {
  const byVersion = new Map<string, SchemaStep>();
  for (const step of steps) {
    if (byVersion.has(step.from)) throw wrongStep(step, 'another step begins there too');
    if (compareVersions(step.from, step.to) >= 0) throw wrongStep(step, 'it does not lead to a later version');
    byVersion.set(step.from, step);
  }
  let file = root;
  for (;;) {
    const version = member(file, 'schemaVersion');
    const step = typeof version === 'string' ? byVersion.get(version) : undefined;
    if (step === undefined) return file;
    file = { ...step.apply(file), schemaVersion: step.to };
  }
}

/** By number, part by part: 3.10.0 is later than 3.9.0. */
function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  const differing = [0, 1, 2].find((part) => left?.[part] !== right?.[part]);
  return differing === undefined ? 0 : (left?.[differing] ?? 0) - (right?.[differing] ?? 0);
}

function wrongStep({ from, to }: SchemaStep, why: string): StateManagerError {
  return new StateManagerError('MIGRATION_FAILED', `The schema step from ${shown(from)} to ${shown(to)}: ${why}`, {
    hint: 'register one step for each version, each to a later one',
    details: { from, to },
  });
}
