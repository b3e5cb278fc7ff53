import { copying } from './copying.js';
import { details } from './details.js';
import { keys } from './keys.js';
import { searching } from './searching.js';
import { tableMatrix } from './table-matrix.js';
import { windowMatrix } from './window-matrix.js';

/**
 * The one script of the page, for browsers: search, filters, copying, keys, and the matrix of a large state. It knows no
 * network. Text comes from the page and from its data blocks, and goes back in as text (`textContent`), never as markup.
 */
export const script: string = `'use strict';(() => {
const byId = (id) => document.getElementById(id);
const made = (name, className, text) => {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
};
const data = byId('matrix-data') === null ? null : JSON.parse(byId('matrix-data').textContent);
${copying}${details}${windowMatrix}${tableMatrix}${searching}${keys}
for (const each of document.querySelectorAll('.search, .filters')) each.hidden = false;
})();
`;
