import type { StoreProblem } from '../core/leveldb/store-problem.js';
import { StateManagerError } from '../errors.js';

const listed = 100;
/** Kinds that are no damage: this reader does not read such a database. */
const foreign: ReadonlySet<string> = new Set(['comparator', 'compression', 'too-much']);

export type Examined = {
  readonly problems: readonly StoreProblem[];
  readonly affected: number | null;
  readonly readable: number;
};

/**
 * Refuses what is not provably complete: LEVELDB_INVALID where it is another kind of database, or nothing says which of its files
 * count (CURRENT, or the MANIFEST it names, is not there); else LEVELDB_READ_ERROR.
 * `details.damage` has the problems (100 at most), how many keys are readable and how many can be affected at most.
 */
export function refuseDamage(folder: string, { problems, affected, readable }: Examined): void {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const [worst] = errors;
  if (worst === undefined) return;
  const other = errors.find(({ kind }) => foreign.has(kind));
  const { file, offset, message } = other ?? worst;
  const more = errors.length === 1 ? '' : ` (and ${errors.length - 1} more)`;
  const most =
    affected === null ? 'nobody can say how many are missing or old' : `at most ${affected} are missing or old`;
  const isHeadless = errors.some((problem) => problem.file === 'CURRENT');
  throw new StateManagerError(
    other === undefined && !isHeadless ? 'LEVELDB_READ_ERROR' : 'LEVELDB_INVALID',
    `${folder} is not whole: ${file} at byte ${offset}: ${message}${more}. ${readable} keys are readable, ${most}`,
    {
      hint: 'nothing was imported. Take the folder from a backup or from git history (git log -- <folder>) and import that; other copies that are whole fill what it lacks with --also <copy>',
      details: {
        path: folder,
        reference: 'LEVELDB-001',
        readable,
        affected,
        damage: problems.slice(0, listed),
        damageCount: problems.length,
      },
    },
  );
}
