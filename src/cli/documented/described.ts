import type { Answer } from './answer.js';
import { shownStep } from './steps-of.js';

/** One name in one line: `stateroot validate, then stateroot check`, or in words why no command stands for it. */
export function described(answer: Answer): string {
  if ('runs' in answer) return answer.runs.map(shownStep).join(', then ');
  return 'already' in answer ? `already so: ${answer.already}` : `not here: ${answer.not}`;
}
