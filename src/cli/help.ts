import { findVerb, verbs } from './program.js';
import { globalFlags } from './program/flags.js';
import type { Flag, Group, VerbEntry } from './program/verb-entry.js';
import { usageOf } from './usage.js';

const groups: readonly (readonly [Group, string])[] = [
  ['Start', 'set up, look around, bring state in'],
  ['Read', 'add --at <commit|tag|date> to look into the past'],
  ['Write', 'each is exactly one commit'],
  ['Review', 'what changed, is it valid'],
  ['Together', 'semantic merge, by record and field'],
];
const labelWidth = 11;
const exitCodesText = `What the exit code of every command means:

  0   done
  1   the answer is no: errors found (warnings never count), not found, differences with --exit-code
  2   usage, bad input or bad configuration
  3   conflict: a person decides
  4   git, the file system or the network failed
  5   busy or raced: try again
  130 interrupted

Nothing is written on 2, 3 and 5; only a conflicted merge waits, for resolve or git merge --abort.`;

/** The text of `help [topic]`; the parser knows which topics there are. */
export function helpText(topic: string | null, all: boolean): string {
  if (topic === 'exit-codes') return exitCodesText;
  const verb = topic === null ? undefined : findVerb(topic);
  if (verb !== undefined) return verbHelp(verb);
  return all ? everyVerb() : overview();
}

/** The verbs of everyday, by what they are for. */
function overview(): string {
  const rows = groups.map(([group, gloss]) => ({ group, names: namesOf(group).join('  '), gloss }));
  const width = Math.max(...rows.map((row) => row.names.length)) + 2;
  return [
    'Deployment state as Git commits: write, review, merge and take back contract addresses.',
    '',
    ...rows.map(({ group, names, gloss }) => `${label(group)}${names.padEnd(width)}${gloss}`),
    ...labelled('More', `help --all: ${namesOf('More').join(' ')}`),
    '',
    '-C <dir>   --json   -q   --no-color   --no-input   --version          help exit-codes',
    `${label('Example')}stateroot get basesepolia LookCoin --at 2025-08-13`,
  ].join('\n');
}

/** Words under one label, on as many lines as they need. */
function labelled(name: string, words: string): string[] {
  return filled(words).map((line, i) => label(i === 0 ? name : '') + line);
}

/** Lines of no more than 100 columns with their label. */
function filled(words: string): string[] {
  const lines: string[] = [];
  for (const word of words.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && labelWidth + last.length + 1 + word.length <= 100) lines.splice(-1, 1, `${last} ${word}`);
    else lines.push(word);
  }
  return lines;
}

/** `help --all`: every verb with its line, and the global flags. */
function everyVerb(): string {
  const width = Math.max(...verbs.map((verb) => verb.name.length)) + 2;
  const sections = [...new Set(verbs.map((verb) => verb.group))].map((group) =>
    [
      group,
      ...verbs.filter((verb) => verb.group === group).map((verb) => `  ${verb.name.padEnd(width)}${verb.summary}`),
    ].join('\n'),
  );
  return [...sections, ['Flags of every command', ...flagLines(globalFlags, '  ')].join('\n')].join('\n\n');
}

/** `help <verb>`, and its `--help`. */
function verbHelp(verb: VerbEntry): string {
  const [first, ...more] = flagLines(verb.flags, '');
  return [
    verb.summary,
    '',
    `${label('Usage')}${usageOf(verb)}${verb.flags.length === 0 ? '' : ' [options]'}`,
    ...verb.positionals.flatMap(({ name, choices = [] }) =>
      choices.length < 2 ? [] : labelled(`${name.slice(0, 1).toUpperCase()}${name.slice(1)}`, choices.join(', ')),
    ),
    ...(first === undefined ? [] : [`${label('Options')}${first}`, ...more.map((line) => `${label('')}${line}`)]),
    `${label('Exit')}${verb.exits}`,
    ...(verb.seeAlso === undefined ? [] : [`${label('See also')}${verb.seeAlso}`]),
    ...(verb.example === undefined ? [] : [`${label('Example')}${verb.example}`]),
  ].join('\n');
}

function flagLines(flags: readonly Flag[], indent: string): string[] {
  const shown = flags.map((flag) => ({ typed: typedAs(flag), summary: flag.summary }));
  const width = Math.max(0, ...shown.map(({ typed }) => typed.length)) + 2;
  return shown.map(({ typed, summary }) => `${indent}${typed.padEnd(width)}${summary}`);
}

function typedAs(flag: Flag): string {
  const short = flag.short === undefined ? '' : `-${flag.short}, `;
  return `${short}--${flag.name}${flag.value === undefined ? '' : ` <${flag.value}>`}`;
}

function namesOf(group: Group): string[] {
  return verbs.filter((verb) => verb.group === group).map((verb) => verb.name);
}

function label(text: string): string {
  return text.padEnd(labelWidth);
}
