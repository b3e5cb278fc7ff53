import { insertBlock } from './block.js';
import { type GateHook, sharedScript } from './gate-hooks.js';
import { type AddHooks, indented } from './surgery.js';
import { childrenOf, opensKey, type YamlLine, yamlLines } from './yaml-lines.js';

type Addition = { at: number; indent: string; body: string };

/** One command for each hook: below the commands that are there, or as a hook of its own at the end. */
export const addToLefthook: AddHooks = (text, hooks) => {
  const refused = (problem: string) => ({ ok: false as const, problem, lines: hooks.map(wholeHook).join('') });
  const lines = yamlLines(text);
  if (lines === null) return refused('its form is not plain enough to add to it safely');
  const additions: Addition[] = [];
  const absent: GateHook[] = [];
  for (const hook of hooks) {
    const keys = lines.filter((line) => line.indent === 0 && line.text.startsWith(`${hook}:`));
    const [key] = keys;
    if (key === undefined) absent.push(hook);
    else {
      const addition = keys.length === 1 && opensKey(key, hook) ? under(lines, key, hook) : null;
      if (addition === null) return refused(`${hook} in it is not plain enough to add to it safely`);
      additions.push(addition);
    }
  }
  if (absent.length > 0) additions.push({ at: text.length, indent: '', body: absent.map(wholeHook).join('') });
  // From the end, so that the offsets before stay true.
  return { ok: true, text: additions.sort((a, b) => b.at - a.at).reduce(insertBlock, text) };
};

/** Null where a place is not certain: merge keys, other styles, a command of the same name. */
function under(lines: readonly YamlLine[], key: YamlLine, hook: GateHook): Addition | null {
  const children = childrenOf(lines, key);
  const depth = children[0]?.indent;
  if (depth === undefined) return null;
  const own = children.filter((line) => line.indent === depth);
  if (children.some((line) => line.indent < depth) || own.some(({ text }) => !/^(?:- |[a-z_]+:(?:\s|$))/.test(text)))
    return null;
  const indent = ' '.repeat(depth);
  const commands = own.find((line) => line.text.startsWith('commands:'));
  if (commands === undefined) {
    return { at: key.end, indent, body: indented(`commands:\n${indented(command(hook), '  ')}`, indent) };
  }
  const named = childrenOf(lines, commands);
  const [first] = named;
  if (!opensKey(commands, 'commands') || first === undefined) return null;
  const taken = named.some(({ indent: at, text }) => at === first.indent && /^(?:<<|["']|stateroot:)/.test(text));
  const deeper = ' '.repeat(first.indent);
  return taken ? null : { at: commands.end, indent: deeper, body: indented(command(hook), deeper) };
}

function wholeHook(hook: GateHook): string {
  return `${hook}:\n  commands:\n${indented(command(hook), '    ')}`;
}

/** lefthook puts arguments into the shell text as they are: the remote's name is quoted, its address left out. */
function command(hook: GateHook): string {
  const run = `stateroot:\n  run: sh ${sharedScript(hook)}`;
  return hook === 'pre-push' ? `${run} '{1}'\n  use_stdin: true\n` : `${run}\n`;
}
