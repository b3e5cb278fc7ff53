import { text } from '../arguments.js';
import type { Verb } from '../command.js';
import { paint } from '../text/paint.js';

export const runUnlock: Verb = async (args, context) => {
  const id = text(args, 'id') ?? '';
  await (await context.openRepository()).unlock(id);
  return {
    data: { unlocked: id },
    text: (style) =>
      `${paint(style).green(paint(style).mark.done)} Removed the lock ${id}. What its write left is settled by the next write: stateroot status`,
  };
};
