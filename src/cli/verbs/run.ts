import { nearNames } from '../../commands/near-names.js';
import { shown } from '../../core/shown.js';
import { StateManagerError } from '../../errors.js';
import { flag, text, texts } from '../arguments.js';
import type { Outcome, Verb } from '../command.js';
import { documentedCommands, topicsOfDocuments } from '../documented/all-commands.js';
import { described } from '../documented/described.js';
import { shownStep } from '../documented/steps-of.js';
import { paint } from '../text/paint.js';
import type { Style } from '../text/style.js';

/**
 * `--list`, and the names that stand for no command: what they ask for is so already, or is not done here. A name that
 * stands for commands does not come here, `cli/run.ts` runs those.
 */
export const runRun: Verb = (args) => {
  const name = text(args, 'name');
  if (flag(args, 'list') !== (name === undefined)) {
    throw badUsage('run takes a name of the design documents, or --list.', 'stateroot run --list');
  }
  return Promise.resolve(name === undefined ? list() : answerTo(name, texts(args, 'arguments')));
};

function list(): Outcome {
  const data = [...documentedCommands].map(([name, answer]) => ({
    name,
    ...('runs' in answer ? { ...answer, runs: answer.runs.map(shownStep) } : answer),
  }));
  return { data, text: (style) => (style.terminal ? listText(style) : listLines()) };
}

function listText(style: Style): string {
  const width = Math.max(...[...documentedCommands.keys()].map((name) => name.length)) + 2;
  return topicsOfDocuments
    .map(({ title, answers }) =>
      [
        paint(style).bold(title),
        ...Object.entries(answers).map(([name, answer]) => `  ${name.padEnd(width)}${described(answer)}`),
      ].join('\n'),
    )
    .join('\n\n');
}

function listLines(): string {
  return [...documentedCommands].map(([name, answer]) => `${name}\t${described(answer)}`).join('\n');
}

function answerTo(name: string, further: readonly string[]): Outcome {
  const answer = documentedCommands.get(name);
  if (answer === undefined) throw unknownName(name);
  if ('runs' in answer) throw new TypeError(`${name} stands for commands, and nothing ran them`);
  if ('not' in answer) {
    throw new StateManagerError('NOT_APPLICABLE', `${name} does not apply. ${answer.not}`, {
      hint: answer.instead,
      details: { name },
    });
  }
  const stray = further.find((word) => !switches.has(word));
  if (stray !== undefined) throw badUsage(`${name} does not take ${shown(stray)}.`, `stateroot run ${name}`);
  return {
    data: { name, already: answer.already },
    text: (style) => `${paint(style).green(paint(style).mark.done)} ${answer.already}`,
  };
}

const switches: ReadonlySet<string> = new Set(['--', '--json', '--quiet', '-q', '--no-color', '--no-input']);

function unknownName(name: string): StateManagerError {
  const near = nearNames(name, [...documentedCommands.keys()]);
  const guess = near.length === 0 ? '' : ` Did you mean ${near.join(' or ')}?`;
  return new StateManagerError('BAD_USAGE', `No documented command ${shown(name)}.${guess}`, {
    hint: 'stateroot run --list',
    details: { near },
  });
}

function badUsage(message: string, hint: string): StateManagerError {
  return new StateManagerError('BAD_USAGE', message, { hint });
}
