import type { Progress } from './command.js';
import { terminalSafe } from './text/escape.js';
import { paint } from './text/paint.js';
import type { Style } from './text/style.js';

const firstAfter = 500;
const atMostEvery = 100;
const barWidth = 32;

/** Long work on one line of a terminal, from 0.5 s on, erased by `done`; nothing anywhere else. */
export function showProgress(
  label: string,
  total: number | undefined,
  terminal: { readonly style: Style; write(text: string): void; now(): number },
): Progress {
  const { style } = terminal;
  const start = terminal.now();
  let drawn = 0;
  return {
    step(done, item) {
      const time = terminal.now();
      if (!style.terminal || time - start < firstAfter || (drawn > 0 && time - drawn < atMostEvery)) return;
      drawn = time;
      terminal.write(`\r\u001b[K${line(label, done, total, item, (time - start) / 1000, style)}`);
    },
    done() {
      if (drawn > 0) terminal.write('\r\u001b[K');
      drawn = 0;
    },
  };
}

function line(
  label: string,
  done: number,
  total: number | undefined,
  item: string | undefined,
  seconds: number,
  style: Style,
): string {
  const rate = Math.round(done / seconds).toLocaleString('en-US');
  const count = done.toLocaleString('en-US');
  const all = total === undefined ? '' : `/${total.toLocaleString('en-US')}`;
  const left =
    total === undefined || done === 0
      ? ''
      : `  ${Math.ceil(((total - done) * seconds) / done).toLocaleString('en-US')} s left`;
  const bar = total === undefined || total === 0 ? '' : `${barOf(done / total, style)} `;
  const text = `${count}${all}  ${item === undefined ? '' : `${terminalSafe(item)}  `}${rate}/s${left}`;
  // A line that wraps cannot be erased.
  return `${label} ${bar}${text.slice(0, Math.max(style.width - label.length - barWidth - 3, 0))}`;
}

function barOf(share: number, style: Style): string {
  const full = Math.min(Math.round(share * barWidth), barWidth);
  const [on, off] = style.unicode ? ['━', '─'] : ['#', '-'];
  return paint(style).dim(on.repeat(full) + off.repeat(barWidth - full));
}
