import { type Decided, decideDiscrepancies, type NamedSide } from '../../../commands/migration/decide-discrepancies.js';
import {
  type FoundDiscrepancies,
  findDiscrepancies,
  type KnownDiscrepancy,
  type ReconcileSources,
} from '../../../commands/migration/find-discrepancies.js';
import { type Reconciled, reconcile } from '../../../commands/migration/reconcile.js';
import { hasErrors } from '../../../core/finding.js';
import { type ReconcileRule, reconcileRules } from '../../../core/reconcile/decide-side.js';
import { discrepancyPlace } from '../../../core/reconcile/discrepancy.js';
import { shown } from '../../../core/shown.js';
import { StateManagerError } from '../../../errors.js';
import { flag, text, texts } from '../../arguments.js';
import { askDiscrepancies } from '../../ask-discrepancies.js';
import { type Arguments, type Context, type Outcome, type Verb, silent } from '../../command.js';
import { discrepancyReport } from '../../text/discrepancies.js';
import { terminalSafe } from '../../text/escape.js';
import { renderFindings } from '../../text/findings.js';
import { paint } from '../../text/paint.js';
import type { Style } from '../../text/style.js';
import { counted } from '../../text/table.js';
import { writtenOutcome } from '../../text/written.js';
import { writeTarget } from '../../write-target.js';
import { readSources, sourcePaths } from './migrate-sources.js';

export const runMigrateReconcile: Verb = async (args, context) => {
  const repository = await context.openRepository();
  const rule = ruleOf(text(args, 'rule'));
  const named = texts(args, 'set').map(namedSide);
  const target = writeTarget(args);
  const dryRun = flag(args, 'dry-run');
  const sources = await leveldbOf(args, context);
  const found = await findDiscrepancies(repository, sources, 'worktree');
  // A record that nobody can read is in the LevelDB only as far as can be seen, and must not be written anew.
  if (hasErrors(found.findings)) return unreadableState(found);
  const known = found.discrepancies;
  const asks = rule === null && named.length === 0 && context.interactive && known.length > 0;
  const decided = asks
    ? await askDiscrepancies(known, context)
    : decideDiscrepancies(known, repository.root, { rule, named });
  if (decided === null)
    return { ...answer(found, new Map(), null, dryRun), notes: () => 'Cancelled. Nothing was written.' };
  const taken = known.filter((_, at) => decided.get(at)?.side === 'leveldb').map(({ discrepancy }) => discrepancy);
  const done = taken.length === 0 ? null : await reconcile(repository, sources, taken, { target, dryRun });
  return answer(found, decided, done, dryRun);
};

function ruleOf(given: string | undefined): ReconcileRule | null {
  return reconcileRules.find((rule) => rule === given) ?? null;
}

/** `bsctestnet/FeeManager=leveldb`. Throws BAD_USAGE. */
function namedSide(given: string): NamedSide {
  const [, place, side] = /^(.+)=(leveldb|git)$/s.exec(given) ?? [];
  if (place !== undefined && (side === 'leveldb' || side === 'git')) return { place, side };
  throw new StateManagerError('BAD_USAGE', `--set ${shown(given)} names no place and side.`, {
    hint: '--set bsctestnet/FeeManager=leveldb, or =git; a field behind it decides that field alone',
  });
}

async function leveldbOf(args: Arguments, context: Context): Promise<ReconcileSources> {
  const paths = await sourcePaths(args, context);
  const progress = context.progress('Reading');
  try {
    const { leveldb, openzeppelin } = await readSources(paths, context, (entries) => {
      progress.step(entries);
    });
    if (leveldb !== null) return { leveldb, openzeppelin };
  } finally {
    progress.done();
  }
  throw new StateManagerError('BAD_USAGE', 'There is no LevelDB here to reconcile with.', {
    hint: 'name it: --leveldb <path>',
  });
}

function unreadableState({ findings }: FoundDiscrepancies): Outcome {
  return {
    data: null,
    findings,
    exit: 1,
    text: silent,
    notes: (style) => `${renderFindings(findings, style)}\nNothing was compared and nothing was written.`,
  };
}

function answer(
  found: FoundDiscrepancies,
  decided: ReadonlyMap<number, Decided>,
  done: Reconciled | null,
  dryRun: boolean,
): Outcome {
  const open = found.discrepancies.filter((_, at) => !decided.has(at));
  const isOpen = open.length + found.unreadable.length > 0;
  const write = done === null ? null : writtenOutcome(done.written, { dryRun, unchanged: 'Git says the same already' });
  return {
    data: {
      discrepancies: found.discrepancies.map((one, at) => ({
        ...shownDiscrepancy(one),
        decided: decided.get(at) ?? null,
      })),
      unreadable: found.unreadable.map(({ key, reason }) => ({ key, reason })),
      commit: done?.written.commit ?? null,
      changed: done?.written.changed ?? false,
      changes: done?.written.changes ?? [],
      left: (done?.left ?? found).discrepancies.map(shownDiscrepancy),
    },
    ...(isOpen ? { error: undecided(open, found) } : {}),
    text: (style) =>
      [discrepancyReport(found, decided, style), write?.text(style) ?? ''].filter((block) => block !== '').join('\n\n'),
    notes: (style) =>
      [
        ...(write?.notes === undefined ? [] : [write.notes(style)]),
        ...closing(found, { decided, open, done }, style),
      ].join('\n'),
    ...(write?.quiet === undefined ? {} : { quiet: write.quiet }),
  };
}

function shownDiscrepancy({ discrepancy, evidence }: KnownDiscrepancy) {
  const { network, chainId, contractName, kind, fields, differences } = discrepancy;
  return { place: discrepancyPlace(discrepancy), network, chainId, contractName, kind, fields, differences, evidence };
}

function undecided(open: readonly KnownDiscrepancy[], { unreadable }: FoundDiscrepancies): StateManagerError {
  const places = open.map(({ discrepancy }) => discrepancyPlace(discrepancy));
  const count = open.length + unreadable.length;
  return new StateManagerError(
    'CONFLICT',
    `${counted(count, 'discrepancy', 'discrepancies')} left for a person to decide.`,
    {
      hint: decidingHint(places),
      details: { open: places, unreadable: unreadable.map(({ key }) => key) },
    },
  );
}

function decidingHint([first]: readonly string[]): string {
  if (first === undefined) return 'stateroot import leveldb <path> keeps what is no contract in quarantine';
  const place = /^[\w./:#-]+$/.test(first) ? first : `'${terminalSafe(first)}'`;
  return `stateroot migrate reconcile --set ${place}=leveldb, or =git; --rule newest, leveldb, git or evidence for all`;
}

function closing(
  found: FoundDiscrepancies,
  state: {
    readonly decided: ReadonlyMap<number, Decided>;
    readonly open: readonly KnownDiscrepancy[];
    readonly done: Reconciled | null;
  },
  style: Style,
): string[] {
  const pen = paint(style);
  const { decided, open, done } = state;
  if (found.discrepancies.length + found.unreadable.length === 0) {
    return [`${pen.green(pen.mark.done)} Nothing to reconcile: the LevelDB and Git say the same.`];
  }
  const forGit = [...decided.values()].filter(({ side }) => side === 'git').length;
  const left = done?.left?.discrepancies.length;
  const undecidedCount = open.length + found.unreadable.length;
  return [
    ...(left === undefined
      ? []
      : [
          `Compared again: ${left === 0 ? 'nothing differs any more' : `${counted(left, 'discrepancy', 'discrepancies')} left`}.`,
        ]),
    ...(forGit === 0
      ? []
      : [
          `${counted(forGit, 'discrepancy', 'discrepancies')} decided for Git. The LevelDB was not written; a new one with what Git says:`,
          '  stateroot export leveldb <out>',
        ]),
    ...(undecidedCount === 0
      ? []
      : [
          `${pen.red(pen.mark.error)} ${counted(undecidedCount, 'discrepancy', 'discrepancies')} left for a person to decide.`,
          `  ${decidingHint(open.map(({ discrepancy }) => discrepancyPlace(discrepancy)))}`,
        ]),
    ...(done === null ? ['Nothing was written.'] : []),
  ];
}
