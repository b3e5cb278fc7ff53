import { styleText } from 'node:util';
import type { Style } from './style.js';

/** A word never depends on its colour: each mark has its own sign (UX, principle 2). */
type Marks = {
  readonly error: string;
  readonly warning: string;
  readonly info: string;
  readonly done: string;
  readonly arrow: string;
  readonly deploy: string;
  readonly upgrade: string;
  readonly remove: string;
  readonly metadata: string;
};

type Brush = (text: string) => string;

export type Paint = {
  readonly red: Brush;
  readonly yellow: Brush;
  readonly blue: Brush;
  readonly green: Brush;
  readonly dim: Brush;
  readonly bold: Brush;
  readonly mark: Marks;
};

/** Colours and marks of one stream. */
export function paint(style: Style): Paint {
  const as = (format: Parameters<typeof styleText>[0]) => (text: string) => coloured(style, format, text);
  return {
    red: as('red'),
    yellow: as('yellow'),
    blue: as('blue'),
    green: as('green'),
    dim: as('dim'),
    bold: as('bold'),
    mark: style.unicode ? signs : letters,
  };
}

const signs: Marks = {
  error: '✖',
  warning: '▲',
  info: '●',
  done: '✔',
  arrow: '→',
  deploy: '+',
  upgrade: '↑',
  remove: '−',
  metadata: '~',
};

const letters: Marks = {
  error: 'x',
  warning: '!',
  info: 'i',
  done: 'ok',
  arrow: '->',
  deploy: '+',
  upgrade: '^',
  remove: '-',
  metadata: '~',
};

function coloured(style: Style, format: Parameters<typeof styleText>[0], text: string): string {
  // The stream was judged already; styleText would judge stdout for every stream.
  return style.color ? styleText(format, text, { validateStream: false }) : text;
}
