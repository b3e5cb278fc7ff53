import { attributesPath, networkFilePath } from '../../core/layout.js';
import type { Checkout, Setting } from '../../ports/checkout.js';
import { isOurDriver } from '../setup/driver-parts.js';
import { lastOf } from './attribute-checks.js';
import type { Check } from './check.js';
import { missingProgram } from './program-check.js';

const kinds = [
  { kind: 'merge', keys: ['driver'], meanwhile: 'Merges fall back to text and conflict more.' },
  { kind: 'diff', keys: ['command', 'textconv'], meanwhile: 'git diff shows lines, not records.' },
] as const;

/** Do merges and diffs of network files really go by record in this clone? */
export async function driverChecks(checkout: Checkout, settings: readonly Setting[], root: string): Promise<Check[]> {
  const path = networkFilePath(root, 'any');
  const attributes = await checkout.attributes(path);
  // git reads attributes from plain files only.
  const file = await checkout.readFile(attributesPath(root));
  const named = file?.regular === true ? file.text : '';
  const checks = await Promise.all(
    kinds.map(async ({ kind, keys, meanwhile }): Promise<Check | null> => {
      const attribute = attributes.get(kind);
      const warning = { check: `${kind} driver`, severity: 'warning' } as const;
      if (attribute !== 'stateroot') {
        if (!named.includes(`${kind}=stateroot`)) return null;
        const message = `Another line takes ${kind}=stateroot back: git uses ${shownAttribute(kind, attribute)} for network files\n${meanwhile}`;
        return {
          ...warning,
          message,
          fix: `take it out of the attributes file that says so: git check-attr ${kind} -- ${path}`,
        };
      }
      const value = keys.map((key) => lastOf(settings, `${kind}.stateroot.${key}`)).find((each) => each !== undefined);
      if (value === undefined) {
        const message = `The ${kind} driver is named in .gitattributes but not configured in this clone\n${meanwhile}`;
        return { ...warning, message, fix: 'stateroot init' };
      }
      const missing = isOurDriver(value) ? null : await missingProgram(checkout, value);
      if (missing === null) return null;
      const key = `${kind}.stateroot.${keys.find((each) => lastOf(settings, `${kind}.stateroot.${each}`) !== undefined) ?? keys[0]}`;
      const harm =
        kind === 'merge' ? 'git takes that for a conflict whose text is ours.' : 'git diff of network files fails.';
      const message = `The ${kind} driver cannot be started: ${key} names ${missing}, which is not there\n${harm}`;
      return { ...warning, severity: 'error', message, fix: `git config --unset ${key} && stateroot init` };
    }),
  );
  return checks.filter((check) => check !== null);
}

/** As git writes it: `-merge`, `merge=union`. */
function shownAttribute(kind: string, value: string | undefined): string {
  if (value === undefined || value === 'unspecified') return `no ${kind} attribute`;
  if (value === 'unset') return `-${kind}`;
  return value === 'set' ? kind : `${kind}=${value}`;
}
