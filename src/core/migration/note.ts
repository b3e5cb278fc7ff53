import { type PhaseName, phaseNames } from './phases.js';
import { isObject, type Json, member } from '../json.js';

/**
 * What a clone remembers of the migration that runs in it: paths, times and the switch for deploy scripts, which belong in
 * no commit. How far a migration has come is said by its branch.
 */
export type MigrationNote = {
  readonly version: 1;
  /** 12 hex digits; names the branch `state/migrate-<id>`. */
  readonly id: string;
  /** The state root, relative to the repository root. */
  readonly root: string;
  /** ISO 8601. */
  readonly startedAt: string;
  /** Absolute paths. */
  readonly sources: {
    readonly leveldb: string | null;
    readonly also: readonly string[];
    readonly json: readonly string[];
    readonly unified: readonly string[];
    readonly openzeppelin: readonly string[];
  };
  /** Records of one commit at most. */
  readonly batchSize: number;
  readonly phases: readonly PhaseNote[];
  readonly progress: { readonly done: number; readonly total: number; readonly updatedAt: string } | null;
  /** What `auto` means for deploy scripts of this clone: both backends, one of them, or what is there. */
  readonly scripts: 'dual-write' | 'leveldb' | 'git' | 'unchanged';
  readonly outcome: 'running' | 'stopped' | 'merged' | 'aborted' | 'rolled-back';
  /** The folder of the backup that was made before; null where none was wanted. Absent before it is made. */
  readonly backup?: string | null;
  /** One record written on copies, in ms each; absent where dual-write was not tried. */
  readonly trial?: DualWriteTrial;
  /** The merge commit of the cutover: reverting it alone takes the migration back. */
  readonly merge?: string;
};

export type DualWriteTrial = { readonly leveldb: number; readonly git: number; readonly both: number };

export type PhaseNote = {
  readonly name: PhaseName;
  readonly status: 'running' | 'done' | 'failed';
  /** ISO 8601. */
  readonly startedAt: string;
  readonly endedAt?: string;
  /** Time the phase was worked on, over all runs. */
  readonly durationMs: number;
};

/** Without a sign for so long (ms) a migration counts as stalled: a batch takes seconds (R112). */
export const stalledAfter = 10 * 60_000;

/** The newest time a note speaks of, ms since 1970. */
export function lastSign({ startedAt, phases, progress }: MigrationNote): number {
  const signs = [startedAt, progress?.updatedAt, ...phases.flatMap((phase) => [phase.startedAt, phase.endedAt])];
  return Math.max(...signs.map((sign) => Date.parse(sign ?? '')).filter((time) => Number.isFinite(time)));
}

export function noteText(note: MigrationNote): string {
  return `${JSON.stringify(note, null, 2)}\n`;
}

/** Null for a text that is no note. */
export function readNote(text: string): MigrationNote | null {
  const root = parsed(text);
  return isNote(root) ? root : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function isNote(value: unknown): value is MigrationNote {
  if (!isObject(value)) return false;
  const sources = member(value, 'sources');
  const scripts = member(value, 'scripts');
  return (
    member(value, 'version') === 1 &&
    isText(member(value, 'id'), /^[0-9a-f]{12}$/) &&
    isText(member(value, 'root')) &&
    isText(member(value, 'startedAt')) &&
    isObject(sources) &&
    (member(sources, 'leveldb') === null || isText(member(sources, 'leveldb'))) &&
    ['also', 'json', 'unified', 'openzeppelin'].every((name) => isTexts(member(sources, name))) &&
    Number.isSafeInteger(member(value, 'batchSize')) &&
    isPhases(member(value, 'phases')) &&
    typeof scripts === 'string' &&
    ['dual-write', 'leveldb', 'git', 'unchanged'].includes(scripts) &&
    isText(member(value, 'outcome'))
  );
}

function isText(value: Json | undefined, pattern = /^/): boolean {
  return typeof value === 'string' && pattern.test(value);
}

function isTexts(value: Json | undefined): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

function isPhases(value: Json | undefined): boolean {
  if (!Array.isArray(value)) return false;
  const names: readonly string[] = phaseNames;
  return value.every((one) => {
    const name = isObject(one) ? member(one, 'name') : undefined;
    return typeof name === 'string' && names.includes(name);
  });
}
