import type { Checkout } from '../../ports/checkout.js';
import { addScripts, scriptsByHand, takeOutScripts } from './npm-scripts.js';
import type { Part } from './part.js';

/** The documented npm scripts in the package.json of the state root; put there when asked, and looked at when there. */
export async function npmScriptsPart(checkout: Checkout, root: string, asked: boolean): Promise<Part> {
  const path = root === '' ? 'package.json' : `${root}/package.json`;
  const file = await checkout.readFile(path);
  const text = file?.regular === true ? file.text : null;
  const after = text === null ? null : addScripts(text);
  const rest = text === null ? null : takeOutScripts(text);
  const blocked =
    text === null ? 'there is no package.json to add to' : 'they cannot be added safely; add to its scripts:';
  return {
    name: 'npm scripts',
    target: path,
    state: stateOf({ text, after, rest, asked }),
    action: 'extend',
    detail: after === null ? blocked : 'scripts of the design documents, each runs stateroot run',
    ...(after === null && text !== null ? { byHand: scriptsByHand() } : {}),
    tracked: true,
    install: () => (after === null ? Promise.resolve() : checkout.writeFile(path, after, false)),
    remove: rest === null || rest === text ? null : () => checkout.writeFile(path, rest, false),
  };
}

type Texts = { readonly text: string | null; readonly after: string | null; readonly rest: string | null };

function stateOf({ text, after, rest, asked }: Texts & { readonly asked: boolean }): Part['state'] {
  if (asked && after === null) return 'blocked';
  if (asked && after !== text) return 'missing';
  return rest === text ? 'kept' : 'present';
}
