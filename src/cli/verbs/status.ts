import { isEmpty, nextStep, type RootStatus, type Status, status } from '../../commands/status.js';
import { unchecked } from '../../commands/setup/gate-hooks.js';
import type { Verb } from '../command.js';
import { terminalSafe } from '../text/escape.js';
import { type Paint, paint } from '../text/paint.js';

export const runStatus: Verb = async (_args, context) => {
  const now = await status(await context.openRepository(), await context.openCheckout());
  const next = nextStep(now);
  return {
    data: { ...now, next },
    text: (style) => {
      const pen = paint(style);
      const lines = [
        ...rootLines(now),
        positionLine(now),
        ...lastChangeLines(now),
        ...conflictedLines(now, pen),
        ...editedLines(now, pen),
        ...unfinishedLines(now, pen),
        gateLine(now, pen),
      ];
      return lines.join('\n');
    },
    notes: () => (next === null ? '' : `Next: ${terminalSafe(next)}`),
  };
};

function rootLines(now: Status): string[] {
  if (isEmpty(now)) return ['No state yet.'];
  return now.roots
    .filter((root) => root.networks.length + root.unreadable.length > 0)
    .flatMap((root) => [...(root.root === '' ? [] : [terminalSafe(root.root)]), ...networkLines(root)]);
}

function networkLines({ networks, unreadable }: RootStatus): string[] {
  const name = Math.max(0, ...networks.map(({ network }) => terminalSafe(network).length));
  const chain = Math.max(0, ...networks.map(({ chainId }) => String(chainId).length));
  return [
    ...networks.map(({ network, chainId, records }) => {
      return `  ${terminalSafe(network).padEnd(name)}  chain ${String(chainId).padStart(chain)}  ${count(records, 'record')}`;
    }),
    ...unreadable.map((path) => `  ${terminalSafe(path)}  cannot be read`),
  ];
}

function positionLine(now: Status): string {
  const branch = now.branch === null ? 'detached HEAD' : terminalSafe(now.branch.replace(/^refs\/heads\//, ''));
  const at = now.commit === null ? 'no commit yet' : now.commit.slice(0, 7);
  return `branch       ${branch}, ${at}${upstreamText(now)}`;
}

function upstreamText({ upstream }: Status): string {
  if (upstream === null) return '';
  const { name, ahead, behind } = upstream;
  const parts = [...(ahead > 0 ? [`${ahead} ahead`] : []), ...(behind > 0 ? [`${behind} behind`] : [])];
  return `; ${parts.length === 0 ? 'level with' : `${parts.join(', ')} of`} ${terminalSafe(name)}`;
}

function lastChangeLines({ lastChange }: Status): string[] {
  if (lastChange === null) return [];
  const { commit, author, time, subject } = lastChange;
  const when = `${time.slice(0, 10)} ${time.slice(11, 16)} UTC`;
  return [`last change  ${commit.slice(0, 7)}  ${when}  ${terminalSafe(author)}  ${terminalSafe(subject)}`];
}

function conflictedLines({ conflicted }: Status, { red, mark }: Paint): string[] {
  if (conflicted.length === 0) return [];
  return [`conflict     ${red(mark.error)} ${count(conflicted.length, 'file')} to resolve`, ...fileLines(conflicted)];
}

function editedLines(now: Status, { yellow, mark }: Paint): string[] {
  const edited = now.edited.filter((path) => !now.conflicted.includes(path));
  if (edited.length === 0) return [];
  return [`edits        ${yellow(mark.warning)} ${count(edited.length, 'file')} not committed`, ...fileLines(edited)];
}

function fileLines(paths: readonly string[]): string[] {
  const shown = paths.slice(0, 5).map((path) => `               ${terminalSafe(path)}`);
  return paths.length > 5 ? [...shown, `               and ${count(paths.length - 5, 'more')}`] : shown;
}

function unfinishedLines({ unfinished }: Status, { yellow, mark }: Paint): string[] {
  return unfinished.map((write) => {
    const who = `${terminalSafe(write.operation)} of ${write.startedAt}, process ${write.pid}`;
    return `unfinished   ${yellow(mark.warning)} ${who}: ${write.state}${write.reason === undefined ? '' : `, ${terminalSafe(write.reason)}`}`;
  });
}

function gateLine({ gate }: Status, { green, yellow, mark }: Paint): string {
  return gate.active
    ? `gate         ${green(mark.done)} on: ${terminalSafe(gate.path)} judges each commit`
    : `gate         ${yellow(mark.warning)} ${gate.hook === 'pre-commit' ? 'off' : 'partly off'}: ${terminalSafe(gate.reason ?? '')}. ${unchecked[gate.hook]}`;
}

function count(number: number, what: string): string {
  const plural = what === 'more' || number === 1 ? what : `${what}s`;
  return `${number.toLocaleString('en-US')} ${plural}`;
}
