import { configPath, unifiedFolder } from '../../core/layout.js';
import { canonicalize } from '../../core/text/canonical.js';
import type { Checkout } from '../../ports/checkout.js';
import type { Part } from './part.js';

const marker = canonicalize({ $schema: './node_modules/stateroot/schemas/config.schema.json' });

/** Below the top of the work tree a state root is marked by its configuration file (CONTRACT §2); at the top by nothing. */
export async function rootPart(checkout: Checkout, root: string): Promise<Part | null> {
  if (root === '') return null;
  const path = configPath(root);
  const file = await checkout.readFile(path);
  const ours = file?.regular === true && file.text === marker;
  const holdsState = (await checkout.readFile(unifiedFolder(root))) !== null;
  return {
    name: 'state root',
    target: path,
    state: file === null ? 'missing' : ours ? 'present' : 'kept',
    action: 'create',
    detail: 'marks this folder as a state root',
    tracked: true,
    install: () => checkout.writeFile(path, marker, false),
    // Without its mark the records below it would belong to nobody.
    remove: ours && !holdsState ? () => checkout.removeFile(path) : null,
  };
}
