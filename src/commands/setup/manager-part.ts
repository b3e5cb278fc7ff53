import type { Checkout } from '../../ports/checkout.js';
import { withoutBlocks } from './block.js';
import { callsHook } from './calls-hook.js';
import { gateHooks } from './gate-hooks.js';
import { addToLefthook } from './lefthook.js';
import type { HookManager } from './manager.js';
import type { Part } from './part.js';
import { addToPreCommit } from './pre-commit-config.js';
import type { Surgery } from './surgery.js';

type Managed = Exclude<HookManager, { name: 'husky' }>;

/** The lines in the manager's configuration that call the hooks. Whoever calls them by lines of his own has them. */
export async function managerPart(checkout: Checkout, manager: Managed): Promise<Part> {
  const file = await checkout.readFile(manager.config);
  const text = file?.text ?? '';
  const plain = withoutBlocks(text);
  const wanted = file?.regular === true ? surgeryOf(manager, plain) : linkRefused(manager);
  const own = gateHooks.every((hook) => callsHook(plain, hook));
  const remove =
    plain === text || file?.regular !== true ? null : () => checkout.writeFile(manager.config, plain, false);
  const part = { name: 'hook manager', target: manager.config, action: 'extend', tracked: true, remove } as const;
  const detail = `${manager.name} runs the hooks`;
  if (own) return { ...part, state: 'kept', detail, install: () => Promise.resolve() };
  if (!wanted.ok) {
    const { problem, lines: byHand } = wanted;
    return { ...part, state: 'blocked', detail: `${problem}; add to it:`, byHand, install: () => Promise.resolve() };
  }
  return {
    ...part,
    state: wanted.text === text ? 'present' : 'missing',
    detail,
    install: () => checkout.writeFile(manager.config, wanted.text, false),
  };
}

function surgeryOf({ name, config }: Managed, text: string): Surgery {
  if (name === 'pre-commit') return addToPreCommit(text, gateHooks);
  const added = addToLefthook(text, gateHooks);
  if (/\.ya?ml$/.test(config)) return added;
  return {
    ok: false,
    problem: 'it is no YAML',
    lines: added.ok ? withoutMarks(addToLefthook('', gateHooks)) : added.lines,
  };
}

function linkRefused(manager: Managed): Surgery {
  const lines = withoutMarks((manager.name === 'lefthook' ? addToLefthook : addToPreCommit)('', gateHooks));
  return { ok: false, problem: 'it is a link or a folder', lines };
}

function withoutMarks(added: Surgery): string {
  return added.ok ? added.text.replace(/^.*# (?:>>>|<<<) stateroot.*\n/gm, '') : added.lines;
}
