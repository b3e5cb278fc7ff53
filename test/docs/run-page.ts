import type { Answer } from '../../src/cli/documented/answer.js';
import { documentedCommands, topicsOfDocuments } from '../../src/cli/documented/all-commands.js';
import { flagsOf, shownStep } from '../../src/cli/documented/steps-of.js';
import { npmScriptNames } from '../../src/commands/setup/npm-scripts.js';
import { cell } from './cell.js';

/** The page of the documents' command names, `docs/run.md`, as the table of `run` gives it. */
export function runPage(): string {
  return [
    '# Command names of the design documents',
    '',
    `Documents 002 to 004 name ${documentedCommands.size} commands, as \`npm run <name>\`. \`stateroot run <name>\` answers to each of them; this page is`,
    'generated from its table (`npm run docs:run`), `stateroot run --list` shows the same.',
    '',
    '```sh',
    'stateroot run state:validate                        # says → stateroot validate, and is that command',
    'stateroot run state:validate --json                 # what stands behind the name is handed on',
    'stateroot run compare:leveldb-vs-json --leveldb ../old/leveldb',
    'stateroot init --npm-scripts                        # adds scripts to package.json: npm run state:validate',
    '```',
    '',
    '- The exit code, the answer and the `--json` document are those of the command. Several commands run in order, the first that fails',
    '  is the last; what stands behind the name goes to each of them, and with `--json` they make one document (`data.steps`).',
    '- *Already so*: there is nothing left to do; exit 0.',
    '- *Not here*: `NOT_APPLICABLE`, exit 1, so that no script believes that it happened; the hint says what to do instead.',
    `- A default in a command is replaced by its flag: ${replaceable()}.`,
    '- Words in angle brackets are flags of the name: `blame <network> <contract>` wants `--network` and `--contract`.',
    '',
    `\`init --npm-scripts\` offers ${npmScriptNames.map((name) => `\`${name}\``).join(', ')}. A script of that name that is there`,
    'already stays as it is, and `init --remove` takes out those that are still as they came.',
    '',
    ...topicsOfDocuments.flatMap(({ title, answers }) => [
      `## ${title}`,
      '',
      '| name | here |',
      '|---|---|',
      ...Object.entries(answers).map(([name, answer]) => `| \`${name}\` | ${cell(answerText(answer))} |`),
      '',
    ]),
  ].join('\n');
}

/** Flags of names that have a default. */
function replaceable(): string {
  const flags = [...documentedCommands.values()].flatMap((answer) =>
    'runs' in answer ? [...flagsOf(answer.runs)] : [],
  );
  const shown = flags.flatMap(([flag, usual]) => (usual === null ? [] : [`\`--${flag}\` (\`${usual}\`)`]));
  return [...new Set(shown)].sort().join(', ');
}

function answerText(answer: Answer): string {
  if ('already' in answer) return `Already so. ${answer.already}`;
  if ('not' in answer) return `Not here. ${answer.not} Instead: ${answer.instead}.`;
  const commands = answer.runs.map((run) => `\`${shownStep(run)}\``).join(', then ');
  return answer.note === undefined ? commands : `${commands}: ${answer.note}`;
}
