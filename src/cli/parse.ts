import { Parser } from 'yargs/helpers';
import { StateManagerError } from '../errors.js';
import type { Arguments } from './command.js';
import { nearest } from './nearest.js';
import { findVerb, flagsOf, topics, verbs } from './program.js';
import { globalFlags } from './program/flags.js';
import type { Flag, Positional, VerbEntry } from './program/verb-entry.js';
import { usageOf } from './usage.js';

/** What a command line asks for. */
export type Invocation =
  | { readonly kind: 'verb'; readonly verb: VerbEntry; readonly args: Arguments }
  | { readonly kind: 'help'; readonly topic: string | null; readonly all: boolean; readonly args: Arguments }
  | { readonly kind: 'version'; readonly args: Arguments };

/**
 * Reads a command line by the table of verbs. Values stay the text that was typed: `0x10` and `1.0` are no numbers here.
 * Throws BAD_USAGE for what no verb understands; nothing is ignored.
 */
export function parseCommandLine(argv: readonly string[]): Invocation {
  const at = verbPosition(argv);
  const word = at === -1 ? undefined : argv[at];
  const everyOther = argv.filter((_, index) => index !== at);
  if (word === 'help') return parseHelp(everyOther);
  if (word === undefined && asksForHelp(everyOther)) return parseHelp(everyOther);
  const verb = findVerb(word ?? 'status');
  if (verb === undefined) throw unknownVerb(word ?? '');
  const [own, further] = verb.passesOn === true ? untilItsWord(argv, at) : [everyOther, []];
  const parsed = parseFlags(own, flagsOf(verb), verb);
  if (parsed.args['version'] === true) return { kind: 'version', args: parsed.args };
  if (parsed.args['help'] === true) return { kind: 'help', topic: verb.name, all: false, args: parsed.args };
  return { kind: 'verb', verb, args: { ...parsed.args, ...positionals(verb, [...parsed.words, ...further]) } };
}

/** The first word that is neither a flag nor the value of one. */
function verbPosition(argv: readonly string[]): number {
  const flags = [...globalFlags, ...verbs.flatMap((verb) => verb.flags)];
  for (let index = 0; index < argv.length; index += 1) {
    const word = argv[index] ?? '';
    if (word === '--') return -1;
    if (!word.startsWith('-') || word === '-') return index;
    const flag = flags.find(({ name, short }) => word === `--${name}` || word === `-${short ?? ''}`);
    if (flag?.value !== undefined) index += 1;
  }
  return -1;
}

/** What is its own, up to the first word behind a verb that passes on; and what is behind that word, as it stands. */
function untilItsWord(argv: readonly string[], at: number): [own: readonly string[], further: readonly string[]] {
  const behind = argv.slice(at + 1);
  const word = verbPosition(behind);
  const end = word === -1 ? behind.length : word + 1;
  return [[...argv.slice(0, at), ...behind.slice(0, end)], behind.slice(end)];
}

function asksForHelp(argv: readonly string[]): boolean {
  return argv.includes('--help') || argv.includes('-h');
}

function parseHelp(argv: readonly string[]): Invocation {
  const all: Flag = { name: 'all', summary: 'every verb' };
  const { args, words } = parseFlags(argv, [all, ...globalFlags], null);
  const [topic, ...more] = words;
  if (more.length > 0) throw badUsage('help takes one verb or topic.', 'stateroot help --all');
  if (topic !== undefined && findVerb(topic) === undefined && !topics.some((known) => known === topic)) {
    throw unknownVerb(topic);
  }
  return { kind: 'help', topic: topic ?? null, all: args['all'] === true, args };
}

function parseFlags(argv: readonly string[], flags: readonly Flag[], verb: VerbEntry | null) {
  const valued = flags.filter((flag) => flag.value !== undefined).map((flag) => flag.name);
  const switches = flags.filter((flag) => flag.value === undefined).map((flag) => flag.name);
  const { argv: parsed, error } = Parser.detailed([...argv], {
    string: valued,
    boolean: switches,
    narg: Object.fromEntries(valued.map((name) => [name, 1])),
    alias: Object.fromEntries(flags.flatMap(({ name, short }) => (short === undefined ? [] : [[name, [short]]]))),
    configuration: {
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'populate--': true,
      'strip-aliased': true,
    },
  });
  const { _: words, '--': literal = [], ...given } = parsed;
  for (const [name, value] of Object.entries(given)) {
    const flag = flags.find((known) => known.name === name);
    if (flag === undefined) throw unknownFlag(name, flags, verb);
    checkValue(flag, value, verb);
  }
  if (error !== null) throw withoutValue(error, flags, verb);
  return { args: withJson(given), words: [...words, ...literal].map(String) };
}

/** `--reporter json` and `--format json` are other ways to write `--json`. */
function withJson(args: Arguments): Arguments {
  return args['reporter'] === 'json' || args['format'] === 'json' ? { ...args, json: true } : args;
}

function checkValue(flag: Flag, value: unknown, verb: VerbEntry | null): void {
  const shown = `--${flag.name}`;
  if (flag.value === undefined) return;
  if (Array.isArray(value) && flag.repeat !== true) {
    throw badUsage(`${shown} is given ${value.length} times, it takes one value.`, helpFor(verb));
  }
  const values = (Array.isArray(value) ? value : [value]) as readonly (string | undefined)[];
  if (values.some((item) => item === '' || item === undefined)) {
    throw needsValue(flag, verb);
  }
  const wrong = values.find((item) => item !== undefined && flag.choices?.includes(item) === false);
  if (wrong !== undefined) throw notAChoice(shown, wrong, flag.choices ?? [], verb);
}

/** The parser names the flag only in its message. */
function withoutValue(error: Error, flags: readonly Flag[], verb: VerbEntry | null): StateManagerError {
  const name = /: (\S+)$/.exec(error.message)?.[1];
  const flag = flags.find((known) => known.name === name || known.short === name);
  return flag === undefined ? badUsage(error.message, helpFor(verb)) : needsValue(flag, verb);
}

function needsValue(flag: Flag, verb: VerbEntry | null): StateManagerError {
  return badUsage(`--${flag.name} needs a value: --${flag.name} <${flag.value ?? 'value'}>`, helpFor(verb));
}

function positionals(verb: VerbEntry, words: readonly string[]): Arguments {
  const slots = verb.positionals;
  const last = slots.at(-1);
  const missing = slots.slice(words.length).filter((slot) => slot.required);
  if (missing.length > 0) {
    const names = missing.map((slot) => `<${slot.shown ?? slot.name}>`).join(' and ');
    throw badUsage(`${verb.name} needs ${names}: ${usageOf(verb)}`, helpFor(verb));
  }
  if (words.length > slots.length && last?.repeat !== true) {
    const extra = JSON.stringify(words[slots.length] ?? '');
    throw badUsage(`${verb.name} does not take ${extra}: ${usageOf(verb)}`, helpFor(verb));
  }
  const given = slots.flatMap((slot, index) => {
    const value = slot.repeat === true ? words.slice(index) : words[index];
    return value === undefined ? [] : [[slot.name, checkWord(slot, value, verb)] as const];
  });
  return Object.fromEntries(given);
}

function checkWord<Value extends string | readonly string[]>(slot: Positional, value: Value, verb: VerbEntry): Value {
  if (value === '') throw badUsage(`<${slot.shown ?? slot.name}> is empty.`, helpFor(verb));
  if (typeof value === 'string' && slot.choices?.includes(value) === false) {
    throw notAChoice(`<${slot.name}>`, value, slot.choices, verb);
  }
  return value;
}

function unknownVerb(word: string): StateManagerError {
  const near = nearest(
    word,
    verbs.filter((verb) => verb.group !== 'Git').map((verb) => verb.name),
  );
  const guess = near === null ? '' : ` Did you mean ${near}?`;
  return badUsage(`No command ${JSON.stringify(word)}.${guess}`, 'stateroot help --all');
}

function unknownFlag(name: string, flags: readonly Flag[], verb: VerbEntry | null): StateManagerError {
  const typed = name.length === 1 ? `-${name}` : `--${name}`;
  const subject = verb === null ? 'stateroot help' : verb.name;
  const near = nearest(
    name,
    flags.map((flag) => flag.name),
  );
  const guess = near === null ? '' : ` Did you mean --${near}?`;
  return badUsage(`${subject} has no flag ${JSON.stringify(typed).slice(1, -1)}.${guess}`, helpFor(verb));
}

function notAChoice(
  subject: string,
  value: string,
  choices: readonly string[],
  verb: VerbEntry | null,
): StateManagerError {
  const near = nearest(value, choices);
  const guess = near === null ? '' : ` Did you mean ${near}?`;
  return badUsage(`${subject} is ${inWords(choices)}, not ${JSON.stringify(value)}.${guess}`, helpFor(verb));
}

function inWords(choices: readonly string[]): string {
  const last = choices.at(-1) ?? '';
  return choices.length < 2 ? last : `${choices.slice(0, -1).join(', ')} or ${last}`;
}

function helpFor(verb: VerbEntry | null): string {
  return verb === null ? 'stateroot help' : `stateroot help ${verb.name}`;
}

function badUsage(message: string, hint: string): StateManagerError {
  return new StateManagerError('BAD_USAGE', message, { hint });
}
