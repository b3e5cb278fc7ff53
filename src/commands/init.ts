import type { Checkout, Hooks } from '../ports/checkout.js';
import { attributesPart } from './setup/attributes-part.js';
import { blockBody, withoutBlock } from './setup/block.js';
import { commandPart } from './setup/command-part.js';
import { hookPart, hookPaths } from './setup/hook-part.js';
import { hooksPathPart, requestedHooks } from './setup/hooks-path-part.js';
import type { Part } from './setup/part.js';
import { rootPart } from './setup/root-part.js';

export type Setup = {
  /** The text of `hooks/pre-commit`. */
  readonly script: string;
  /** For `stateroot.command`: runs this installation. */
  readonly command: string;
  /** A folder for `core.hooksPath`, relative to the top of the work tree. */
  readonly hooksPath?: string | undefined;
};

export type SetupResult = {
  /** The state root that is set up, relative to the repository root. */
  readonly root: string;
  readonly parts: readonly PartResult[];
  readonly changed: boolean;
  /** True when husky's folder is there and its hooks do not run in this clone. */
  readonly huskyAsleep: boolean;
};

export type PartResult = {
  readonly part: Part['name'];
  readonly target: string;
  readonly action: Part['action'] | 'none' | 'keep' | 'blocked' | 'remove';
  readonly detail: string;
  readonly tracked: boolean;
};

/** Sets up a state root; what is in place stays, what is somebody else's is never overwritten. Commits nothing. */
export async function init(checkout: Checkout, setup: Setup, options: { dryRun: boolean }): Promise<SetupResult> {
  const { root, hooks, parts } = await partsOf(checkout, setup);
  const results: PartResult[] = [];
  for (const part of parts) {
    if (part.state === 'missing' && !options.dryRun) await part.install();
    const action = { present: 'none', kept: 'keep', blocked: 'blocked', missing: part.action } as const;
    results.push(resultOf(part, action[part.state]));
  }
  const changed = parts.some((part) => part.state === 'missing');
  return { root, parts: results, changed, huskyAsleep: hooks.husky?.active === false };
}

/** Takes out exactly what `init` put in: its blocks, the files it made, its configuration. */
export async function removeSetup(
  checkout: Checkout,
  setup: Setup,
  options: { dryRun: boolean },
): Promise<SetupResult> {
  const { root, hooks, parts } = await partsOf(checkout, setup);
  const blocks = await Promise.all(hookPaths(hooks).map((path) => leftBlock(checkout, path)));
  const removable = [...parts.filter((part) => part.name !== 'hook'), ...blocks.filter((part) => part !== null)];
  const results: PartResult[] = [];
  for (const part of removable) {
    if (part.remove === null) continue;
    if (!options.dryRun) await part.remove();
    results.push(resultOf(part, 'remove'));
  }
  return { root, parts: results, changed: results.length > 0, huskyAsleep: false };
}

/** Every part as it stands now, in the order it is put in place. */
export async function partsOf(
  checkout: Checkout,
  setup: Setup,
): Promise<{ root: string; hooks: Hooks; parts: readonly Part[] }> {
  const root = checkout.root === '' ? checkout.prefix : checkout.root;
  const found = await checkout.hooks();
  const requested = setup.hooksPath ?? null;
  const hooks = requested === null ? found : requestedHooks(found, requested);
  const parts = [
    await rootPart(checkout, root),
    await attributesPart(checkout, root),
    await hookPart(checkout, setup.script, hooks),
    await hooksPathPart(checkout, found, requested === null ? null : hooks.folder),
    await commandPart(checkout, setup.command),
  ];
  return { root, hooks, parts: parts.filter((part) => part !== null) };
}

/** A hook block wherever it was put, also where git no longer looks. */
async function leftBlock(checkout: Checkout, path: string): Promise<Part | null> {
  const file = await checkout.readFile(path);
  if (file?.regular !== true || blockBody(file.text) === null) return null;
  const head = file.text.startsWith('#!/bin/sh\n') ? '#!/bin/sh\n' : '';
  const rest = withoutBlock(file.text, { head, place: 'end' });
  return {
    name: 'hook',
    target: path,
    state: 'present',
    action: 'extend',
    detail: rest === null ? 'the file was made for it' : 'your own lines stay',
    tracked: false,
    install: () => Promise.resolve(),
    remove: () => (rest === null ? checkout.removeFile(path) : checkout.writeFile(path, rest, false)),
  };
}

function resultOf(part: Part, action: PartResult['action']): PartResult {
  const { name, target, detail, tracked } = part;
  return { part: name, target, action, detail, tracked };
}
