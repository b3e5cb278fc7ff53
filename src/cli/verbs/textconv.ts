import { shown } from '../../core/shown.js';
import { StateManagerError } from '../../errors.js';
import { required } from '../arguments.js';
import type { Verb } from '../command.js';
import { stateText } from '../text/state-text.js';

/** `textconv <file>`: what `git diff` compares of a state file. What cannot be read stands as it is. */
export const runTextconv: Verb = async (args, context) => {
  const file = required(args, 'file');
  const text = stateText(await context.readInput(file));
  if (text === null) throw new StateManagerError('BAD_INPUT', `${shown(file)} is no text.`, { hint: `cat ${file}` });
  return { data: { text }, text: () => text.replace(/\n$/, '') };
};
