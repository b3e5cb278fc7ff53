/** The five phases of a migration (R098, C33), in order. */
export const phaseNames = ['preconditions', 'dual-write', 'bulk', 'consistency', 'cutover'] as const;

export type PhaseName = (typeof phaseNames)[number];

export type Phase = {
  readonly name: PhaseName;
  /** 1 to 5. */
  readonly number: number;
  readonly title: string;
  /** What design document 003 plans for it, people included (R190). */
  readonly planned: string;
  readonly risk: 'low' | 'medium' | 'high';
  /** What it does here. */
  readonly does: string;
};

export const phases: readonly Phase[] = [
  {
    name: 'preconditions',
    number: 1,
    title: 'Pre-Migration',
    planned: '2-4 hours',
    risk: 'low',
    does: 'source, repository, disk and target are examined, a backup is made, the records are counted',
  },
  {
    name: 'dual-write',
    number: 2,
    title: 'Dual-Write',
    planned: '1-2 hours',
    risk: 'medium',
    does: 'deploy scripts of this clone write to LevelDB and Git; tried on copies first, and measured',
  },
  {
    name: 'bulk',
    number: 3,
    title: 'Data Migration',
    planned: '4-6 hours',
    risk: 'high',
    does: 'every record becomes a commit on the branch of the migration, in batches',
  },
  {
    name: 'consistency',
    number: 4,
    title: 'Validation',
    planned: '2-3 hours',
    risk: 'medium',
    does: 'the sources are read again, what was written since follows, every record is compared',
  },
  {
    name: 'cutover',
    number: 5,
    title: 'Cutover',
    planned: '1 hour',
    risk: 'high',
    does: 'the branch is merged as one commit, deploy scripts of this clone write to Git only',
  },
];

export function phaseOf(name: PhaseName): Phase {
  const found = phases.find((phase) => phase.name === name);
  if (found === undefined) throw new TypeError(`there is no phase ${name}`);
  return found;
}
