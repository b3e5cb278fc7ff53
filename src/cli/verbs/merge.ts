import { type Merged, merge } from '../../commands/merge.js';
import { mergedChanges } from '../../commands/merged-changes.js';
import type { NetworkChange } from '../../core/diff/diff.js';
import { flag, text } from '../arguments.js';
import type { Merges } from '../../ports/merges.js';
import type { Outcome, Verb } from '../command.js';
import { renderChanges } from '../text/changes.js';
import { terminalSafe } from '../text/escape.js';
import { conflictOutcome } from '../text/merge-conflict.js';
import { paint } from '../text/paint.js';
import type { Style } from '../text/style.js';
import { counted } from '../text/table.js';
import { recoveredLine } from '../text/written.js';

export const runMerge: Verb = async (args, context) => {
  const revision = text(args, 'branch') ?? '';
  const dryRun = flag(args, 'dry-run');
  const [repository, merges] = [await context.openRepository(), await context.openMerges()];
  try {
    const merged = await merge(repository, merges, { revision, dryRun, onConflict: 'wait' });
    return await mergedOutcome(merged, merges, { revision, dryRun });
  } catch (error) {
    return conflictOutcome(error, repository);
  }
};

async function mergedOutcome(
  merged: Merged,
  merges: Merges,
  { revision, dryRun }: { readonly revision: string; readonly dryRun: boolean },
): Promise<Outcome> {
  const from = merged.before;
  const networks = from === null || merged.kind === 'unchanged' ? [] : await mergedChanges(merges, from, merged.after);
  const changed = !dryRun && merged.kind !== 'unchanged';
  return {
    data: {
      commit: changed ? merged.after : null,
      changed,
      kind: merged.kind,
      files: merged.files,
      changes: networks.flatMap(({ network, chainId, contracts }) =>
        contracts.map((contract) => ({ network, chainId, ...contract })),
      ),
    },
    text: (style) => renderChanges(networks, style),
    notes: (style) =>
      [
        ...merged.recovered.map((write) => recoveredLine(write, style)),
        closing(merged, { revision, dryRun, networks }, style),
      ].join('\n'),
    ...(changed ? { quiet: merged.after } : {}),
  };
}

function closing(
  { kind, after, files }: Merged,
  { revision, dryRun, networks }: { revision: string; dryRun: boolean; networks: readonly NetworkChange[] },
  style: Style,
): string {
  const { green, mark } = paint(style);
  const done = green(mark.done);
  const name = terminalSafe(revision);
  const short = after.slice(0, 7);
  if (kind === 'unchanged') return `${done} Unchanged: ${name} is part of this branch already.`;
  if (dryRun) {
    const what = kind === 'fast-forward' ? `a fast-forward to ${short}` : 'a merge without conflict';
    return `Dry run, nothing was written. It would be ${what}.`;
  }
  if (kind === 'fast-forward') return `${done} Fast-forward to ${short}.`;
  const contracts = networks.reduce((sum, { contracts: changes }) => sum + changes.length, 0);
  const came =
    contracts === 0 ? '' : `: ${counted(contracts, 'change')} on ${counted(networks.length, 'network')} came in`;
  const both = files.length === 0 ? '' : `, ${counted(files.length, 'file')} merged by record`;
  return `${done} Merged ${name} as ${short}${came}${both}. Undo: git reset --merge ${short}^`;
}
