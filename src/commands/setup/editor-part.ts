import { unifiedFolder } from '../../core/layout.js';
import type { Checkout, CheckoutFile } from '../../ports/checkout.js';
import { associate, dissociate } from './editor-settings.js';
import type { Part } from './part.js';

const path = '.vscode/settings.json';

/** Completion and errors while typing. Help, not gate: settings that cannot be added to safely are left as they are. */
export async function editorPart(checkout: Checkout, root: string): Promise<Part> {
  const file = await checkout.readFile(path);
  const pattern = `/${unifiedFolder(root)}/*.unified.json`;
  const before = file?.text ?? null;
  const after = file?.regular === false ? null : associate(before, pattern);
  const rest = file?.regular === true ? dissociate(file.text, pattern) : undefined;
  return {
    name: 'editor',
    target: path,
    state: after === null ? 'kept' : after === before ? 'present' : 'missing',
    action: file === null ? 'create' : 'extend',
    detail: detailOf(file, after),
    tracked: !(await checkout.ignored(path)),
    install: () => (after === null ? Promise.resolve() : checkout.writeFile(path, after, false)),
    remove:
      rest === undefined || rest === before
        ? null
        : () => (rest === null ? checkout.removeFile(path, '.vscode') : checkout.writeFile(path, rest, false)),
  };
}

function detailOf(file: CheckoutFile | null, after: string | null): string {
  if (file !== null && after === null) return 'it is yours and stays: no plain JSON to add a schema to';
  return 'schema of the state: completion and errors while typing';
}
