import type { Checkout } from '../../ports/checkout.js';
import { unifiedFolder } from '../../core/layout.js';
import type { Check } from './check.js';
import { editorconfigRewrites } from './editorconfig.js';

const prettierConfigs = ['', '.json', '.json5', '.yaml', '.yml', '.js', '.cjs', '.mjs', '.ts', '.toml'].map(
  (end) => `.prettierrc${end}`,
);
const prettierModules = ['js', 'cjs', 'mjs', 'ts'].map((end) => `prettier.config.${end}`);

/** Formatters at the top or in the state root that would rewrite canonical text. The simple cases only. */
export async function formatterChecks(checkout: Checkout, root: string): Promise<Check[]> {
  const folders = [...new Set(['', root])];
  const checks = await Promise.all(
    folders.flatMap((folder) => {
      const read = async (name: string) => (await checkout.readFile(folder === '' ? name : `${folder}/${name}`))?.text;
      const state = folder === root ? unifiedFolder('') : unifiedFolder(root);
      const place = folder === '' ? '' : `${folder}/`;
      return [prettierCheck(read, state, place), biomeCheck(read, state, place), editorconfigCheck(read, place)];
    }),
  );
  return checks.filter((check) => check !== null);
}

type Read = (name: string) => Promise<string | undefined>;

async function prettierCheck(read: Read, state: string, place: string): Promise<Check | null> {
  const texts = await Promise.all([...prettierConfigs, ...prettierModules].map(read));
  const named = /"prettier"\s*:/.test((await read('package.json')) ?? '');
  if (!named && texts.every((text) => text === undefined)) return null;
  const lines = ((await read('.prettierignore')) ?? '').split('\n').map((line) => line.trim());
  if (lines.some((line) => coversState(line, state))) return null;
  const folder = state.replace(/unified$/, '');
  return rewrites('prettier', `echo ${folder} >> ${place}.prettierignore`);
}

async function biomeCheck(read: Read, state: string, place: string): Promise<Check | null> {
  for (const name of ['biome.json', 'biome.jsonc']) {
    const text = await read(name);
    if (text === undefined) continue;
    const patterns = [...text.matchAll(/"(!{0,2}[^"\s:]*[*/.][^"\s:]*|!{1,2}[^"\s]+)"/g)].map(
      (match) => match[1] ?? '',
    );
    const excluded = patterns.some(
      (pattern) => pattern.startsWith('!') && coversState(pattern.replace(/^!+/, ''), state),
    );
    const ignored = /"ignore"\s*:\s*\[([^\]]*)\]/.exec(text)?.[1]?.match(/"[^"]*"/g) ?? [];
    if (excluded || ignored.some((item) => coversState(item.slice(1, -1), state)) || !reaches(text, state)) continue;
    return rewrites('biome', `add "!${state.replace(/\/unified$/, '')}" to files.includes in ${place}${name}`);
  }
  return null;
}

/** Without a list of files biome takes all. */
function reaches(text: string, state: string): boolean {
  if (/"json"\s*:\s*\{[^{}]*"formatter"\s*:\s*\{[^{}]*"enabled"\s*:\s*false/.test(text)) return false;
  const includes = /"includes?"\s*:\s*\[([^\]]*)\]/.exec(text)?.[1]?.match(/"[^"]*"/g);
  if (includes === undefined || includes === null) return true;
  const wanted = includes
    .map((item) => item.slice(1, -1).replace(/^\.?\//, ''))
    .filter((item) => !item.startsWith('!'));
  return wanted.some((item) => item.startsWith('*') || item === '.' || item.startsWith(state.split('/')[0] ?? ''));
}

async function editorconfigCheck(read: Read, place: string): Promise<Check | null> {
  const wrong = editorconfigRewrites((await read('.editorconfig')) ?? '');
  if (wrong.length === 0) return null;
  const section =
    '[**.unified.json]\\ninsert_final_newline = true\\nindent_style = space\\nindent_size = 2\\nend_of_line = lf\\n';
  return rewrites(
    `an editor that follows .editorconfig (${wrong.join(', ')})`,
    `printf '\\n${section}' >> ${place}.editorconfig`,
  );
}

function rewrites(who: string, fix: string): Check {
  const message = `State is not safe from ${who}\nIt would rewrite network files, and the hook would then refuse them.`;
  return { check: 'formatter', severity: 'warning', message, fix };
}

/** Does an ignore pattern take out the folder of the state, or every file in it? */
function coversState(pattern: string, state: string): boolean {
  if (pattern === '' || pattern.startsWith('#') || pattern.startsWith('!')) return false;
  const plain = pattern.replace(/^(?:\.?\/|\*\*\/)+/, '').replace(/(?:\/\*{1,2}(?:\/\*)?|\/)$/, '');
  const above = state.split('/').map((_, index, all) => all.slice(0, index + 1).join('/'));
  const names = [...above, 'deployments', unifiedFolder('')];
  return (
    [...names, '*.json', '*.unified.json', '*', '**'].includes(plain) ||
    names.some((name) => plain === `${name}/*.json`)
  );
}
