import { networkFilePath } from '../../core/layout.js';
import type { Checkout, Setting } from '../../ports/checkout.js';
import type { Check } from './check.js';

/** What git will really do to a network file, whichever file or setting says so. */
export async function attributeChecks(
  checkout: Checkout,
  settings: readonly Setting[],
  root: string,
): Promise<Check[]> {
  const path = networkFilePath(root, 'any');
  const attributes = await checkout.attributes(path);
  const checks = [rewriteCheck(attributes, path), conversionCheck(attributes, settings)];
  return checks.filter((check) => check !== null);
}

type Attributes = ReadonlyMap<string, string>;

function rewriteCheck(attributes: Attributes, path: string): Check | null {
  const wrong = [
    ...(attributes.get('eol') === 'crlf' ? ['eol=crlf'] : []),
    ...['filter', 'working-tree-encoding', 'ident'].flatMap((name) => {
      const value = attributes.get(name);
      return value === undefined || value === 'unset' ? [] : [`${name}=${value}`];
    }),
  ];
  if (wrong.length === 0) return null;
  return {
    check: 'attributes',
    severity: 'error',
    message: `git rewrites network files: ${wrong.join(', ')}\nWhat is committed is not what was validated.`,
    fix: `take it out of .gitattributes: git check-attr -a -- ${path}`,
  };
}

/** Settings convert line endings only where no attribute decides. */
function conversionCheck(attributes: Attributes, settings: readonly Setting[]): Check | null {
  if (attributes.has('eol') || attributes.get('text') === 'unset') return null;
  const autocrlf = lastOf(settings, 'core.autocrlf')?.toLowerCase();
  const crlf = lastOf(settings, 'core.eol')?.toLowerCase() === 'crlf' && attributes.has('text');
  const toCrlf = crlf || ['true', 'yes', 'on', '1'].includes(autocrlf ?? '');
  if (!toCrlf && autocrlf !== 'input') return null;
  return {
    check: 'conversion',
    severity: toCrlf ? 'error' : 'warning',
    message: `git converts line endings of network files: ${crlf ? 'core.eol=crlf' : `core.autocrlf=${autocrlf ?? ''}`}, and .gitattributes does not say eol=lf\nA file in the work tree is not what is committed.`,
    fix: 'stateroot init',
  };
}

/** The value that counts. */
export function lastOf(settings: readonly Setting[], key: string): string | undefined {
  return settings.findLast((setting) => setting.key === key)?.value;
}
