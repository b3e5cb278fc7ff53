import { flag } from '../arguments.js';
import type { Verb } from '../command.js';
import { goOn } from '../demo/go-on.js';
import type { StepResult } from '../demo/step.js';
import { runTour, type Tour } from '../demo/tour.js';
import { paint } from '../text/paint.js';
import type { Style } from '../text/style.js';

/** A person at a terminal sees each step as it ends; without a terminal the steps are the answer on stdout. */
export const runDemo: Verb = async (args, context) => {
  const quiet = flag(args, 'quiet') || flag(args, 'json');
  const live = context.errorStyle.terminal && !quiet;
  if (!quiet) context.say(introduction(context.interactive));
  const shown: string[] = [];
  const start = performance.now();
  const tour = await runTour(context.errorStyle, {
    show(text) {
      shown.push(text);
      if (live) context.say(`\n${text}`);
    },
    async goOn(step) {
      // The set-up and the first step are shown together.
      if (step < 2 || !context.interactive) return true;
      context.say('');
      return goOn('Enter goes on, q ends: ');
    },
  });
  const seconds = Math.round((performance.now() - start) / 1000);
  return {
    data: { setUp: tour.results.slice(0, 1).map(dataOf)[0], steps: tour.results.slice(1).map(dataOf) },
    exit: tour.end === 'failed' ? 4 : 0,
    text: () => (live || quiet ? '' : shown.join('\n\n')),
    notes: (style) => closing(tour, seconds, style),
  };
};

function introduction(interactive: boolean): string {
  const pace = interactive ? ' Enter goes on, q ends.' : '';
  return `A tour in a temporary folder; your repository is not touched.${pace}`;
}

function closing({ results, end }: Tour, seconds: number, style: Style): string {
  const { green, red, mark } = paint(style);
  const steps = results.length - 1;
  const next = 'In your own repository: stateroot init';
  if (end === 'stopped')
    return `Ended after ${steps} ${steps === 1 ? 'step' : 'steps'}; the temporary folder is gone. ${next}`;
  if (end === 'all') return `\n${green(mark.done)} ${steps} steps, ${seconds} s. ${next}`;
  const last = results.at(-1);
  return [
    `${red(mark.error)} The tour ends here: ${last?.title ?? 'the set-up'}: ${last?.problem ?? 'failed'}.`,
    '  This is a bug in stateroot or in its installation. Next: stateroot doctor',
  ].join('\n');
}

function dataOf({ title, commands }: StepResult): { title: string; command: string; exit: number; output: string } {
  return {
    title,
    command: commands.map(({ command }) => command).join(' && '),
    exit: commands.at(-1)?.exit ?? 0,
    output: commands.map(({ output }) => output).join(''),
  };
}
