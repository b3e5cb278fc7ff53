import { flagsOf, topics, verbs } from './program.js';
import { globalFlags } from './program/flags.js';
import type { Flag, VerbEntry } from './program/verb-entry.js';

/** A script for `eval "$(stateroot completion bash)"`: verbs, flags and fixed choices, from the table of verbs. */
export function completionScript(shell: 'bash' | 'zsh'): string {
  return shell === 'bash' ? bash() : zsh();
}

function bash(): string {
  return `# stateroot: completion for bash. To use it:  eval "$(stateroot completion bash)"
_stateroot() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="" verb="" i
  [ "$COMP_CWORD" -gt 0 ] && before="\${COMP_WORDS[COMP_CWORD-1]}"
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "\${COMP_WORDS[i]}" in
    ${valued(allFlags())}) i=$((i + 1)) ;;
    -*) ;;
    *) verb="\${COMP_WORDS[i]}"; break ;;
    esac
  done
  COMPREPLY=()
  case "$verb $before" in
${choices()
  .map(
    ({ verb, flag, values }) =>
      `  '${verb} ${flag}') COMPREPLY=($(compgen -W '${values.join(' ')}' -- "$word")); return ;;`,
  )
  .join('\n')}
  esac
  case "$before" in
  ${folders()}) COMPREPLY=($(compgen -d -- "$word")); return ;;
  ${valued(allFlags())}) COMPREPLY=($(compgen -f -- "$word")); return ;;
  esac
  case "$verb" in
  '') COMPREPLY=($(compgen -W '${firstWords().join(' ')}' -- "$word")) ;;
${[...visible().map((verb) => `  ${verb.name}) _stateroot_words '${fixedWords(verb).join(' ')}' '${typed(flagsOf(verb)).join(' ')}' "$word" ;;`), `  help) _stateroot_words '${helpWords().join(' ')}' '--all' "$word" ;;`].join('\n')}
  esac
}
_stateroot_words() {
  case "$3" in
  -*) COMPREPLY=($(compgen -W "$2" -- "$3")) ;;
  *) COMPREPLY=($(compgen -W "$1" -- "$3")) ; [ -n "$1" ] || COMPREPLY=($(compgen -f -- "$3")) ;;
  esac
}
complete -o filenames -F _stateroot stateroot`;
}

function zsh(): string {
  return `#compdef stateroot
# stateroot: completion for zsh. To use it:  eval "$(stateroot completion zsh)"
_stateroot() {
  local -a verbs
  verbs=(
${visible()
  .map((verb) => `    ${quoted(`${verb.name}:${verb.summary}`)}`)
  .join('\n')}
    'help:how a command is called'
  )
  local context state state_descr line
  typeset -A opt_args
  _arguments -C ${globalFlags.flatMap((flag) => zshFlag(flag)).join(' ')} '1:command:->verb' '*::argument:->rest'
  case $state in
  verb) _describe command verbs ;;
  rest)
    case $line[1] in
${visible()
  .map((verb) => `    ${verb.name}) _arguments ${flagsOf(verb).flatMap(zshFlag).concat(zshWords(verb)).join(' ')} ;;`)
  .join('\n')}
    help) _values topic ${[...helpWords(), '--all'].map(quoted).join(' ')} ;;
    esac
    ;;
  esac
}
if [ "$funcstack[1]" = _stateroot ]; then _stateroot "$@"; else compdef _stateroot stateroot; fi`;
}

/** Verbs that people type. */
function visible(): readonly VerbEntry[] {
  return verbs.filter(({ group }) => group !== 'Git');
}

function firstWords(): string[] {
  return [...visible().map(({ name }) => name), 'help', ...typed(globalFlags)];
}

function helpWords(): string[] {
  return [...visible().map(({ name }) => name), ...topics];
}

function fixedWords(verb: VerbEntry): readonly string[] {
  return verb.positionals.flatMap(({ choices: fixed }) => fixed ?? []);
}

function typed(flags: readonly Flag[]): string[] {
  return flags.flatMap(({ name, short }) => [`--${name}`, ...(short === undefined ? [] : [`-${short}`])]);
}

function allFlags(): readonly Flag[] {
  return [...globalFlags, ...verbs.flatMap(({ flags }) => flags)];
}

/** A pattern of the flags that take the next word. */
function valued(flags: readonly Flag[]): string {
  return [...new Set(typed(flags.filter(({ value }) => value !== undefined)))].join(' | ');
}

function folders(): string {
  return valued(allFlags().filter(({ value }) => value === 'dir' || value === 'folder'));
}

function choices(): { verb: string; flag: string; values: readonly string[] }[] {
  return verbs.flatMap((verb) =>
    verb.flags.flatMap((flag) =>
      flag.choices === undefined ? [] : [{ verb: verb.name, flag: `--${flag.name}`, values: flag.choices }],
    ),
  );
}

function zshFlag(flag: Flag): string[] {
  const value = flag.value === undefined ? '' : `:${flag.value}:${zshValues(flag)}`;
  return typed([flag]).map((word) =>
    quoted(`${flag.repeat === true ? '*' : ''}${word}[${zshText(flag.summary)}]${value}`),
  );
}

function zshValues(flag: Flag): string {
  if (flag.choices !== undefined) return `(${flag.choices.join(' ')})`;
  return flag.value === 'dir' || flag.value === 'folder' ? '_files -/' : '_files';
}

function zshWords(verb: VerbEntry): string[] {
  return verb.positionals.map(({ name, choices: fixed, repeat }, index) => {
    const values = fixed === undefined ? '_files' : `(${fixed.join(' ')})`;
    return quoted(`${repeat === true ? '*' : index + 1}:${name}:${values}`);
  });
}

/** Brackets and colons have a meaning in a description. */
function zshText(text: string): string {
  return text.replace(/[[\]:\\]/g, '\\$&');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
