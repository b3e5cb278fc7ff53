import type { Checkout, Hooks } from '../ports/checkout.js';
import { attributesPart } from './setup/attributes-part.js';
import { commandPart } from './setup/command-part.js';
import { driverParts, type DriverScripts } from './setup/driver-parts.js';
import { editorPart } from './setup/editor-part.js';
import { gatesOf } from './setup/gate.js';
import { type HookScripts, hookParts } from './setup/hook-parts.js';
import { hooksPathPart, requestedHooks } from './setup/hooks-path-part.js';
import { leftBlocks } from './setup/left-blocks.js';
import { managerOf, wakeCommand } from './setup/manager.js';
import { npmScriptsPart } from './setup/npm-scripts-part.js';
import type { Part } from './setup/part.js';
import { rootPart } from './setup/root-part.js';
import { runsWorkflows, type WorkflowName, workflowPart, workflowNames } from './setup/workflow-part.js';

export type Setup = {
  readonly scripts: HookScripts;
  readonly drivers: DriverScripts;
  /** For `stateroot.command`: runs this installation. */
  readonly command: string;
  /** A folder for `core.hooksPath`, relative to the top of the work tree. */
  readonly hooksPath?: string | undefined;
  /** The texts of the workflows, one character per byte. */
  readonly workflows: Readonly<Record<WorkflowName, string>>;
  /** Also the one that merges on request. */
  readonly mergeWorkflow?: boolean;
  /** Also the documented scripts in package.json. */
  readonly npmScripts?: boolean;
  /** Also the one that looks every day. */
  readonly watchWorkflow?: boolean;
};

export type SetupResult = {
  /** The state root that is set up, relative to the repository root. */
  readonly root: string;
  readonly parts: readonly PartResult[];
  readonly changed: boolean;
  /** What makes the hook manager run in this clone; null when it does, or there is none. */
  readonly wake: string | null;
};

export type PartResult = {
  readonly part: Part['name'];
  readonly target: string;
  readonly action: Part['action'] | 'none' | 'keep' | 'blocked' | 'remove';
  readonly detail: string;
  /** Lines to add by hand. */
  readonly byHand?: string;
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
  return { root, parts: results, changed, wake: setup.hooksPath === undefined ? await wakeOf(checkout, hooks) : null };
}

/** Takes out exactly what `init` put in: its blocks, the files it made, its configuration. */
export async function removeSetup(
  checkout: Checkout,
  setup: Setup,
  options: { dryRun: boolean },
): Promise<SetupResult> {
  const { root, hooks, parts } = await partsOf(checkout, setup);
  const removable = [
    ...parts.filter((part) => part.name !== 'hook' && part.name !== 'hook manager'),
    ...(await leftBlocks(checkout, hooks)),
  ];
  const results: PartResult[] = [];
  for (const part of removable) {
    if (part.remove === null) continue;
    if (!options.dryRun) await part.remove();
    results.push(resultOf(part, 'remove'));
  }
  return { root, parts: results, changed: results.length > 0, wake: null };
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
  const manager = requested === null ? await managerOf(checkout, hooks) : null;
  const parts = [
    await rootPart(checkout, root),
    await attributesPart(checkout, root),
    ...(await hookParts(checkout, setup.scripts, hooks, manager)),
    await hooksPathPart(checkout, found, requested === null ? null : hooks.folder),
    await commandPart(checkout, setup.command),
    ...(await driverParts(checkout, setup.drivers)),
    await editorPart(checkout, root),
    ...(await workflowParts(checkout, setup, root)),
    ...(await npmScripts(checkout, setup, root)),
  ];
  return { root, hooks, parts: parts.filter((part) => part !== null) };
}

/** What is asked for or there already; none where the repository is kept elsewhere than on GitHub. */
async function workflowParts(checkout: Checkout, setup: Setup, folder: string): Promise<Part[]> {
  const { workflows, mergeWorkflow = false, watchWorkflow = false } = setup;
  const wanted = await runsWorkflows(checkout);
  const parts = await Promise.all(
    workflowNames.map((name) => workflowPart(checkout, name, { text: workflows[name], folder })),
  );
  return parts.filter((part, at) => {
    const onRequest = new Map([
      ['state-merge', mergeWorkflow],
      ['state-watch', watchWorkflow],
    ]);
    return (onRequest.get(workflowNames[at] ?? '') ?? wanted) || part.remove !== null;
  });
}

/** What is asked for or there already. */
async function npmScripts(checkout: Checkout, { npmScripts: asked = false }: Setup, root: string): Promise<Part[]> {
  const part = await npmScriptsPart(checkout, root, asked);
  return asked || part.remove !== null ? [part] : [];
}

/** A manager is asleep when all is in place and git does not call it. */
async function wakeOf(checkout: Checkout, hooks: Hooks): Promise<string | null> {
  const manager = await managerOf(checkout, hooks);
  if (manager === null) return null;
  const command = wakeCommand(manager);
  return (await gatesOf(checkout, hooks)).some((gate) => gate.fix === command) ? command : null;
}

function resultOf(part: Part, action: PartResult['action']): PartResult {
  const { name, target, detail, byHand, tracked } = part;
  return { part: name, target, action, detail, ...(byHand === undefined ? {} : { byHand }), tracked };
}
