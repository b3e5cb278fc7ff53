import { required } from '../arguments.js';
import type { Verb } from '../command.js';
import { completionScript } from '../completion.js';

/** The parser has already refused every shell but two. */
export const runCompletion: Verb = (args) => {
  const shell = required(args, 'shell') === 'zsh' ? 'zsh' : 'bash';
  const script = completionScript(shell);
  return Promise.resolve({ data: { shell, script }, text: () => script });
};
