import type { Style } from './text/style.js';

/** What is known about a stream before anything is written to it. */
export type Stream = { readonly isTTY?: boolean; readonly columns?: number };
export type Environment = Readonly<Record<string, string | undefined>>;

/** How a stream is written (UX, principle 2): `--no-color`, then NO_COLOR, then FORCE_COLOR, then TERM and the terminal. */
export function styleOf(
  stream: Stream,
  environment: Environment,
  options: { readonly noColor: boolean; readonly windows: boolean },
): Style {
  const terminal = stream.isTTY === true;
  return {
    color: !options.noColor && wantsColor(terminal, environment),
    unicode: speaksUtf8(environment, options.windows),
    terminal,
    width: terminal && stream.columns !== undefined && stream.columns > 0 ? stream.columns : 100,
  };
}

function wantsColor(terminal: boolean, environment: Environment): boolean {
  if (isSet(environment['NO_COLOR'])) return false;
  const forced = environment['FORCE_COLOR'];
  if (isSet(forced)) return forced !== '0' && forced !== 'false';
  return terminal && environment['TERM'] !== 'dumb';
}

function speaksUtf8(environment: Environment, windows: boolean): boolean {
  const locale = [environment['LC_ALL'], environment['LC_CTYPE'], environment['LANG']].find(isSet);
  return locale === undefined ? windows : /utf-?8/i.test(locale);
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}
