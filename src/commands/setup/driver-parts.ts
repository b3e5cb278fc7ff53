import type { Checkout } from '../../ports/checkout.js';
import type { Part } from './part.js';

/** The texts of the drivers, as shipped in `hooks/`. */
export type DriverScripts = { readonly merge: string; readonly textconv: string };

type Driver = {
  /** The key that does something; the others only count where it is ours. */
  readonly key: string;
  readonly value: string;
  readonly beside: readonly [key: string, value: string];
  readonly detail: string;
};

const signature = '# stateroot init wrote this.\n';

/**
 * The commands behind `merge=stateroot` and `diff=stateroot`, in this clone only: git runs no program a repository names.
 * Somebody else's stay.
 */
export function driverParts(checkout: Checkout, scripts: DriverScripts): Promise<Part[]> {
  const drivers: readonly Driver[] = [
    {
      key: 'merge.stateroot.driver',
      value: mergeCommand(scripts.merge),
      beside: ['merge.stateroot.name', 'stateroot: by record and field'],
      detail: 'merges state by record and field, in this clone only',
    },
    {
      key: 'diff.stateroot.textconv',
      value: shellFunction(scripts.textconv),
      // What stands at the margin names the record or section of the lines below it.
      beside: ['diff.stateroot.xfuncname', '^([^ ].*)$'],
      detail: 'shows state by record in git diff and log -p, in this clone only',
    },
  ];
  return Promise.all(drivers.map((driver) => driverPart(checkout, driver)));
}

/** Is this driver one that `init` wrote, of whatever version? */
export function isOurDriver(value: string): boolean {
  return value.startsWith(signature);
}

async function driverPart(checkout: Checkout, { key, value, beside, detail }: Driver): Promise<Part> {
  const [besideKey, besideValue] = beside;
  const current = await checkout.config(key);
  const besideNow = await checkout.config(besideKey);
  const ours = current !== null && isOurDriver(current);
  const outdated = ours && current !== value;
  return {
    name: 'driver',
    target: key,
    state: current !== null && !ours ? 'kept' : current === value && besideNow !== null ? 'present' : 'missing',
    action: 'set',
    detail: outdated ? `${detail}, brought up to date` : detail,
    tracked: false,
    async install() {
      await checkout.setConfig(key, value);
      if (besideNow === null) await checkout.setConfig(besideKey, besideValue);
    },
    remove: ours ? () => takeOut(checkout, key, besideNow === besideValue ? besideKey : null) : null,
  };
}

async function takeOut(checkout: Checkout, key: string, besideKey: string | null): Promise<void> {
  if (besideKey !== null) await checkout.setConfig(besideKey, null);
  await checkout.setConfig(key, null);
}

/** git replaces `%O` and the like wherever they stand, and `%%` by `%`. It quotes the path itself. */
function mergeCommand(script: string): string {
  return `${shellFunction(script).replaceAll('%', '%%')} %O %A %B %L %P`;
}

/** As one command that arguments may follow, without the notes that stand before it. */
function shellFunction(script: string): string {
  const text = script.replace(/^(?:#.*\n)+/, '');
  return `${signature}stateroot_driver() {\n${text}}\nstateroot_driver`;
}
