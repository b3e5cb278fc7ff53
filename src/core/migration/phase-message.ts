import { escaped } from '../shown.js';
import { type MigrationTrailers, migrationTrailers } from './checkpoint.js';
import { type PhaseName, phaseOf } from './phases.js';

/** The message of the commit that ends a phase: subject, what came of it, trailers. */
export function phaseMessage(
  phase: PhaseName,
  migration: { readonly id: string; readonly base: string; readonly prefix: string },
  more: {
    readonly body: readonly string[];
    readonly trailers?: MigrationTrailers;
    /** What follows `migrate, `. */
    readonly subject?: string;
  },
): string {
  const { number, title } = phaseOf(phase);
  const subject = `${escaped(migration.prefix)}: migrate, ${escaped(more.subject ?? `phase ${number} of 5 done: ${title}`)}`;
  const trailers: MigrationTrailers = [
    ['State-Operation', 'migrate'],
    ...migrationTrailers(migration, phase, null),
    ...(more.trailers ?? []),
  ];
  const body = more.body.map((line) => (line === '' ? '' : escaped(line)));
  return `${[subject, body.join('\n'), trailers.map(([key, value]) => `${key}: ${escaped(value)}`).join('\n')].join('\n\n')}\n`;
}
