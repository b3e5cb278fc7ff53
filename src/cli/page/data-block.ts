import { html, type Markup } from '../text/escape-html.js';

// What ends a script element or starts a comment in one, what old parsers take for a line end, and what reorders or hides text.
const unsafe = /[<>&\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/gu;

/** Data for the script of the page. The browser does not run it, so that the policy needs no word for it. */
export function dataBlock(id: string, value: unknown): Markup {
  return html`<script type="application/json" id="${id}">${{ markup: scriptJson(value) }}</script>
`;
}

/** JSON that reads as the same value and cannot leave the element it stands in. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(unsafe, (character) =>
    Array.from({ length: character.length }, (_, i) => character.charCodeAt(i))
      .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
      .join(''),
  );
}
