import type { Checkout, CheckoutFile } from '../../ports/checkout.js';
import { blockBody, type Placing, withBlock, withoutBlock } from './block.js';
import type { Part } from './part.js';

export type BlockSpec = {
  readonly name: Part['name'];
  readonly path: string;
  readonly body: string;
  readonly detail: string;
  readonly tracked: boolean;
  /** Of a file that is made for the block. */
  readonly executable: boolean;
  placing(existing: CheckoutFile | null): Placing;
  /** Why the block cannot stand in this file; null when it can. */
  problem(existing: CheckoutFile): string | null;
};

/** A part that is one marked block in a file. */
export async function blockPart(checkout: Checkout, spec: BlockSpec): Promise<Part> {
  const file = await checkout.readFile(spec.path);
  const text = file?.text ?? null;
  const body = text === null ? null : blockBody(text);
  const problem = file === null ? null : file.regular ? spec.problem(file) : 'it is a link or a folder';
  const placing = spec.placing(file);
  const outdated = body !== null && body !== spec.body;
  return {
    name: spec.name,
    target: spec.path,
    state: problem !== null ? 'blocked' : body === spec.body ? 'present' : 'missing',
    action: file === null ? 'create' : 'extend',
    detail: problem ?? (outdated ? `${spec.detail}, brought up to date` : spec.detail),
    tracked: spec.tracked,
    install: () => checkout.writeFile(spec.path, withBlock(text, spec.body, placing), spec.executable),
    remove:
      text === null || body === null || file?.regular !== true
        ? null
        : () => takeOut(checkout, spec.path, text, placing),
  };
}

async function takeOut(checkout: Checkout, path: string, text: string, placing: Placing): Promise<void> {
  const rest = withoutBlock(text, placing);
  if (rest === null) await checkout.removeFile(path);
  else await checkout.writeFile(path, rest, false);
}
