import type { LineColumn } from '../text/line-column.js';
import { type Locator, locate } from '../text/position.js';
import type { Place } from './rule.js';

/** Where a place stands in its file; null when the text is not at hand or cannot be read. */
export type TextLocator = (place: Place) => LineColumn | null;

/** Each text is decoded and parsed at the first question about it only. */
export function textLocators(files: ReadonlyMap<string, Uint8Array>): TextLocator {
  const locators = new Map<string, Locator>();
  return ({ file, path, at }) => {
    if (path === '') return { line: 1, column: 1 };
    const bytes = files.get(file);
    if (bytes === undefined) return null;
    const find = locators.get(file) ?? locate(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
    locators.set(file, find);
    return find(path, at === 'key' ? 'key' : 'value');
  };
}
