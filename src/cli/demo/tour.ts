import type { Style } from '../text/style.js';
import { renderStep } from './render-step.js';
import { runStep } from './run-step.js';
import { openShell } from './shell.js';
import type { StepResult } from './step.js';
import { setUp, steps } from './steps.js';
import { inTemporaryFolder } from './temporary-folder.js';

export type Tour = {
  /** Those that ran, the set-up first. Only the last one can have a problem. */
  readonly results: readonly StepResult[];
  readonly end: 'all' | 'stopped' | 'failed';
};

export type Guide = {
  /** Called after each step with its text. */
  show(text: string): void;
  /** Called before each step; false ends the tour. */
  goOn(step: number): Promise<boolean>;
};

/** Runs the tour in a temporary folder, which is gone afterwards. */
export async function runTour(style: Style, guide: Guide): Promise<Tour> {
  return inTemporaryFolder(async (folder) => {
    const shell = await openShell(folder, style);
    const results: StepResult[] = [];
    for (const [number, step] of [setUp, ...steps].entries()) {
      if (!(await guide.goOn(number))) return { results, end: 'stopped' };
      const result = await runStep(step, shell);
      results.push(result);
      guide.show(renderStep(`${number}/${steps.length}`, result, style));
      if (result.problem !== null) return { results, end: 'failed' };
    }
    return { results, end: 'all' };
  });
}
