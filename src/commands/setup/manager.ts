import type { Checkout, Hooks } from '../../ports/checkout.js';

/** What runs this repository's hooks in git's place. `active`: git calls it in this clone. */
export type HookManager =
  | { readonly name: 'husky'; readonly folder: string; readonly active: boolean }
  | { readonly name: 'lefthook' | 'pre-commit'; readonly config: string };

const lefthookNames = ['lefthook', '.lefthook', '.config/lefthook'];
const configs = {
  lefthook: lefthookNames.flatMap((name) => ['yml', 'yaml', 'toml', 'json', 'jsonc'].map((end) => `${name}.${end}`)),
  'pre-commit': ['.pre-commit-config.yaml'],
} as const;
/** How the manager's own stub in git's hooks folder is known. */
export const stubs = { lefthook: /lefthook/, 'pre-commit': /pre-commit\.com|pre_commit/ } as const;

/** Every file in which a manager's configuration may hold our block. */
export const managerConfigs: readonly string[] = [...configs.lefthook, ...configs['pre-commit']];

/**
 * The manager to go through, null where git runs plain hook files. With `core.hooksPath` set, and not by husky, only a
 * manager whose stub stands in that folder is asked.
 */
export async function managerOf(checkout: Checkout, hooks: Hooks): Promise<HookManager | null> {
  const { husky } = hooks;
  if (husky !== null && (husky.active || hooks.configured === null)) return { name: 'husky', ...husky };
  const stub = (await checkout.readFile(`${hooks.folder}/pre-commit`))?.text ?? '';
  const found: { manager: HookManager; called: boolean }[] = [];
  for (const name of ['lefthook', 'pre-commit'] as const) {
    const config = await firstThere(checkout, configs[name]);
    if (config !== null) found.push({ manager: { name, config }, called: stubs[name].test(stub) });
  }
  const called = found.find((each) => each.called);
  return (called ?? (hooks.configured === null ? found[0] : undefined))?.manager ?? null;
}

/** The command that makes git call the manager in this clone. */
export function wakeCommand(manager: HookManager): string {
  if (manager.name === 'husky') return 'npx husky';
  if (manager.name === 'lefthook') return 'npx lefthook install';
  return 'pre-commit install -t pre-commit -t pre-merge-commit -t pre-push';
}

async function firstThere(checkout: Checkout, paths: readonly string[]): Promise<string | null> {
  for (const path of paths) if ((await checkout.readFile(path)) !== null) return path;
  return null;
}
