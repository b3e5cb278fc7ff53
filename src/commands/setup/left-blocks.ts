import type { Checkout, Hooks } from '../../ports/checkout.js';
import { blockBody, withoutBlock, withoutBlocks } from './block.js';
import { sharedFolder } from './gate-hooks.js';
import { hookPaths } from './hook-part.js';
import { managerConfigs } from './manager.js';
import type { Part } from './part.js';

/** Our hook blocks wherever they were put, also where git or a manager no longer looks. */
export async function leftBlocks(checkout: Checkout, hooks: Hooks): Promise<Part[]> {
  const found = await Promise.all([
    ...managerConfigs.map((path) => leftBlock(checkout, 'hook manager', path)),
    ...hookPaths(hooks).map((path) => leftBlock(checkout, 'hook', path)),
  ]);
  return found.filter((part) => part !== null);
}

async function leftBlock(checkout: Checkout, name: Part['name'], path: string): Promise<Part | null> {
  const file = await checkout.readFile(path);
  if (file?.regular !== true || blockBody(file.text) === null) return null;
  const head = file.text.startsWith('#!/bin/sh\n') ? '#!/bin/sh\n' : '';
  const rest = name === 'hook' ? withoutBlock(file.text, { head }) : withoutBlocks(file.text);
  const emptied = path.startsWith(`${sharedFolder}/`) ? sharedFolder : undefined;
  return {
    name,
    target: path,
    state: 'present',
    action: 'extend',
    detail: rest === null ? 'the file was made for it' : 'your own lines stay',
    tracked: false,
    install: () => Promise.resolve(),
    remove: () => (rest === null ? checkout.removeFile(path, emptied) : checkout.writeFile(path, rest, false)),
  };
}
