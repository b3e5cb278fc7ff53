/** The five phases of a migration (R098, C33), in order. */
export const phaseNames = ['preconditions', 'dual-write', 'bulk', 'consistency', 'cutover'] as const;

export type PhaseName = (typeof phaseNames)[number];
