import { terminalSafe } from './escape.js';

/** Text that is HTML already; only `html` and `joined` make it. */
export type Markup = { readonly markup: string };

/**
 * HTML with values in it. Every value is text and is escaped, unless it is markup: there is no way to forget it. Values stand
 * in elements or in quoted attributes.
 */
export function html(strings: TemplateStringsArray, ...values: readonly (string | number | Markup)[]): Markup {
  const parts = strings.map((part, i) => part + (i < values.length ? valueText(values[i] ?? '') : ''));
  return { markup: parts.join('') };
}

/** One after the other. */
export function joined(parts: readonly Markup[], separator = ''): Markup {
  return { markup: parts.map(({ markup }) => markup).join(separator) };
}

/** Text for an element or a quoted attribute, on one line: control characters and what reorders text are spelled out. */
export function htmlText(text: string): string {
  return terminalSafe(text).replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function valueText(value: string | number | Markup): string {
  return typeof value === 'object' ? value.markup : htmlText(String(value));
}
