import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sharedData } from './shared-data.js';

/** The command names that the requirements list by group, null where the shared data is not there. */
export function requiredNames(): ReadonlySet<string> | null {
  const file = sharedData('..', 'reference', 'requirements.md');
  if (file === null) return null;
  const section = readFileSync(file, 'utf8').split('### 6.13')[1] ?? '';
  const rows = [...section.matchAll(/^- `([\w-]+)` \((\d+)\): (.*?) \[/gm)];
  return new Set(
    rows.flatMap(([, group = '', count = '', listed = '']) => {
      const names = listed.split(', ').map((name) => (name === '(bare)' ? group : `${group}:${name}`));
      if (names.length !== Number(count)) throw new Error(`${group} lists ${names.length} names, not ${count}`);
      return names;
    }),
  );
}

/** Every `npm run <name>` of documents 002 to 004, null where the shared data is not there. */
export function namesInDocuments(): ReadonlySet<string> | null {
  const folder = sharedData('..', 'design-docs');
  if (folder === null) return null;
  const texts = readdirSync(folder)
    .filter((name) => /^00[234]_/.test(name))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
  return new Set(texts.flatMap((text) => [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name)));
}
