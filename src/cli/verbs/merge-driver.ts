import { mergeForGit } from '../../commands/merge-driver.js';
import { shown } from '../../core/shown.js';
import { StateManagerError } from '../../errors.js';
import { required } from '../arguments.js';
import { type Arguments, type Verb, silent } from '../command.js';

/** `merge-driver %O %A %B %L %P`: the merge of one file, for git. Its conflicts are told on stderr. */
export const runMergeDriver: Verb = async (args, context) => {
  const call = {
    base: required(args, 'base'),
    ours: required(args, 'ours'),
    theirs: required(args, 'theirs'),
    markerSize: markerSize(args),
    path: required(args, 'path'),
  };
  const { conflicts, authors } = await mergeForGit(await context.openMergeFiles(), call, () =>
    context.openRepository(),
  );
  const data = { path: call.path, conflicts };
  if (conflicts.length === 0) return { data, text: silent };
  const { renderConflicts } = await import('../text/conflicts.js');
  return { data, exit: 1, text: silent, notes: (style) => renderConflicts(conflicts, style, { authors }) };
};

function markerSize(args: Arguments): number {
  const size = required(args, 'size');
  if (/^[1-9][0-9]{0,3}$/.test(size)) return Number(size);
  throw new StateManagerError('BAD_USAGE', `The size of a conflict marker is no number: ${shown(size)}.`, {
    hint: 'stateroot init sets up the driver as git has to call it',
  });
}
