import { paint } from '../text/paint.js';
import type { Style } from '../text/style.js';
import type { CommandResult, StepResult } from './step.js';

const indent = '     ';

/** `1/7  title`, and below it each command with its output. */
export function renderStep(number: string, step: StepResult, style: Style): string {
  const { bold, red, mark } = paint(style);
  const problem = step.problem === null ? [] : [`${indent}${red(mark.error)} Not as it should be: ${step.problem}`];
  return [
    `${number}  ${bold(step.title)}`,
    ...step.commands.flatMap((result) => lines(result, style)),
    ...problem,
  ].join('\n');
}

/** The output is this program's and git's own, on names this package carries: nothing in it needs escaping. */
function lines({ command, output }: CommandResult, style: Style): string[] {
  const printed = output.trimEnd();
  return [
    `${indent}${paint(style).dim('$')} ${command}`,
    ...(printed === '' ? [] : printed.split('\n').map((line) => (line === '' ? '' : `${indent}${line}`))),
  ];
}
