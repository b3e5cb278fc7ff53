import { StateManagerError } from '../../errors.js';
import { flag, required, text, texts } from '../arguments.js';
import type { Arguments, Verb } from '../command.js';

export const runMigrate: Verb = async (args, context) => {
  const name = required(args, 'action');
  const action = actions.get(name);
  if (action === undefined) throw new TypeError(`the table of verbs has migrate ${name}, and nothing does it`);
  refuseOthers(name, action, args);
  return (await action.load())(args, context);
};

type Action = {
  /** The flags it takes, of those that the table of verbs has for migrate. */
  readonly flags: readonly string[];
  load(): Promise<Verb>;
};

/** Where the sources are. */
const sourceFlags = ['leveldb', 'also', 'legacy-json', 'unified', 'openzeppelin'];
const runFlags = ['until', 'cutover', 'timeout', 'no-dual-write', 'no-backup'];

/** One file in `migrate/` for each. */
const actions: ReadonlyMap<string, Action> = new Map<string, Action>([
  ['plan', { flags: [...sourceFlags, 'batch-size'], load: async () => (await import('./migrate/plan.js')).runPlan }],
  [
    'run',
    { flags: [...sourceFlags, ...runFlags, 'batch-size'], load: async () => (await import('./migrate/run.js')).runRun },
  ],
  [
    'resume',
    { flags: [...sourceFlags, ...runFlags], load: async () => (await import('./migrate/resume.js')).runResume },
  ],
  ['status', { flags: [], load: async () => (await import('./migrate/status.js')).runStatus }],
  ['abort', { flags: [], load: async () => (await import('./migrate/abort.js')).runAbort }],
  [
    'validate',
    {
      flags: [...sourceFlags, 'at', 'format'],
      load: async () => (await import('./migrate/validate.js')).runMigrateValidate,
    },
  ],
  [
    'reconcile',
    {
      flags: ['leveldb', 'openzeppelin', 'rule', 'set', 'dry-run', 'branch', 'allow-detached'],
      load: async () => (await import('./migrate/reconcile.js')).runMigrateReconcile,
    },
  ],
  [
    'rollback',
    {
      flags: ['out', 'merge', 'discard-later', 'dry-run'],
      load: async () => (await import('./migrate/rollback.js')).runMigrateRollback,
    },
  ],
]);

/** Each action has flags of its own; none is accepted and ignored. Throws BAD_USAGE. */
function refuseOthers(name: string, action: Action, args: Arguments): void {
  const all = [...new Set([...actions.values()].flatMap(({ flags }) => flags))];
  const isGiven = (one: string): boolean =>
    flag(args, one) || text(args, one) !== undefined || texts(args, one).length > 0;
  const stray = all.find((one) => isGiven(one) && !action.flags.includes(one));
  if (stray === undefined) return;
  throw new StateManagerError('BAD_USAGE', `migrate ${name} has no flag --${stray}.`, {
    hint: `stateroot migrate --help`,
  });
}
