import { init, type PartResult, removeSetup, type SetupResult } from '../../commands/init.js';
import { shellWord } from '../../core/shell-word.js';
import { flag, text } from '../arguments.js';
import type { Outcome, Verb } from '../command.js';
import { driverScripts, hookScripts, installedCommand, workflowTexts } from '../installation.js';
import { terminalSafe, terminalSafeLines } from '../text/escape.js';
import { paint } from '../text/paint.js';
import type { Style } from '../text/style.js';

export const runInit: Verb = async (args, context) => {
  const checkout = await context.openCheckout();
  const setup = {
    scripts: hookScripts(),
    drivers: driverScripts(),
    command: installedCommand(),
    hooksPath: text(args, 'hooks-path'),
    workflows: workflowTexts(),
    mergeWorkflow: flag(args, 'merge-workflow'),
    npmScripts: flag(args, 'npm-scripts'),
    watchWorkflow: flag(args, 'watch-workflow'),
  };
  const dryRun = flag(args, 'dry-run');
  const remove = flag(args, 'remove');
  const result = await (remove ? removeSetup : init)(checkout, setup, { dryRun });
  return setupOutcome(result, { dryRun, remove });
};

/** Also what `doctor --fix` says first. */
export function setupOutcome(result: SetupResult, options: { dryRun: boolean; remove: boolean }): Outcome {
  const { root, parts, changed } = result;
  return {
    data: { root, changed: changed && !options.dryRun, parts },
    exit: parts.some((part) => part.action === 'blocked') ? 1 : 0,
    text: (style) => [...partLines(parts, style), headline(result, options, style)].join('\n'),
    notes: () => notesOf(result, options).join('\n'),
  };
}

function partLines(parts: readonly PartResult[], style: Style): string[] {
  const shown = parts.filter((part) => part.action !== 'none');
  if (shown.length === 0) return [];
  const width = Math.max(...shown.map((part) => targetOf(part).length)) + 2;
  const lines = shown.flatMap((part) => [
    `  ${markOf(part, style)} ${targetOf(part).padEnd(width)}${gloss(part)}`,
    ...(part.byHand === undefined ? [] : terminalSafeLines(part.byHand.trimEnd()).map((line) => `      ${line}`)),
  ]);
  return [...lines, ''];
}

function targetOf({ part, target }: PartResult): string {
  return terminalSafe(part === 'git config' || part === 'driver' ? `git config ${target}` : target);
}

function markOf(part: PartResult, style: Style): string {
  const { green, red, yellow, mark } = paint(style);
  const marks = {
    create: green(mark.deploy),
    extend: yellow(mark.metadata),
    set: green(mark.deploy),
    remove: red(mark.remove),
    blocked: red(mark.error),
    keep: mark.info,
    none: mark.done,
  };
  return marks[part.action];
}

function gloss(part: PartResult): string {
  const detail = terminalSafe(part.detail);
  if (part.action === 'blocked') return `not set up: ${detail}`;
  if (part.action === 'keep') return part.part === 'editor' ? detail : 'is yours and stays';
  if (part.action !== 'extend' || ['editor', 'workflow', 'npm scripts'].includes(part.part)) return detail;
  return `${part.part === 'hook manager' ? 'marked lines' : '1 marked block'}: ${detail}`;
}

function headline(
  { parts, changed }: SetupResult,
  options: { dryRun: boolean; remove: boolean },
  style: Style,
): string {
  const { red, mark } = paint(style);
  const blocked = parts.filter((part) => part.action === 'blocked').length;
  const done = parts.filter((part) => ['create', 'extend', 'set', 'remove'].includes(part.action)).length;
  if (!changed && blocked === 0) {
    if (options.remove) return 'Nothing to do: nothing of stateroot is set up here.';
    return `Nothing to do: all ${parts.length} parts are in place. Do they work? stateroot doctor`;
  }
  const unfinished = blocked === 0 ? '' : ` ${red(mark.error)} ${count(blocked)} not set up; the line above says how.`;
  if (options.dryRun) return `Dry run, nothing was changed. It would be ${count(done)}.${unfinished}`;
  if (options.remove) return `${count(done)} taken out, nothing committed.${unfinished}`;
  return `${count(done)} set up, nothing committed. Undo: stateroot init --remove${unfinished}`;
}

function notesOf({ parts, wake }: SetupResult, options: { dryRun: boolean; remove: boolean }): string[] {
  if (options.dryRun || options.remove) return [];
  const paths = parts.filter((part) => part.tracked && ['create', 'extend'].includes(part.action));
  const add = paths.map((part) => shellWord(terminalSafe(part.target))).join(' ');
  return [
    ...(paths.length === 0 ? [] : [`Next: git add ${add} && git commit -m "Set up stateroot"`]),
    ...(wake === null ? [] : [`The hook manager does not call it in this clone yet: ${wake}`]),
  ];
}

function count(parts: number): string {
  return `${parts} ${parts === 1 ? 'part' : 'parts'}`;
}
