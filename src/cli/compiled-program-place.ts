import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Where what node compiled of a program is kept between runs: in `node_modules/.cache/stateroot`, as other tools keep
 * theirs, a file for each program, first word and node. Null outside of any node_modules.
 */
export function compiledProgramPlace(
  program: string,
  word: string | undefined,
  node: { readonly version: string; readonly platform: string; readonly arch: string },
): string | null {
  const packageFolder = dirname(dirname(program));
  const above = dirname(packageFolder);
  const modules = basename(above) === 'node_modules' ? above : join(packageFolder, 'node_modules');
  if (!existsSync(modules)) return null;
  const isWord = word !== undefined && /^[a-z][a-z-]{0,31}$/.test(word);
  const name = [basename(program, '.cjs'), ...(isWord ? [word] : []), node.version, node.platform, node.arch].join('-');
  return join(modules, '.cache', 'stateroot', name);
}
