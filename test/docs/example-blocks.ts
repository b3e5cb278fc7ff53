import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A block of JavaScript that stands in a document. */
export type ExampleBlock = { readonly file: string; readonly line: number; readonly code: string };

export const repositoryRoot = join(import.meta.dirname, '..', '..', '..');

/** Every block of JavaScript or TypeScript in the README and in `docs/`. */
export function exampleBlocks(): ExampleBlock[] {
  const pages = readdirSync(join(repositoryRoot, 'docs')).filter((name) => name.endsWith('.md'));
  return ['README.md', ...pages.sort().map((name) => `docs/${name}`)].flatMap(blocksOf);
}

function blocksOf(file: string): ExampleBlock[] {
  const text = readFileSync(join(repositoryRoot, file), 'utf8');
  return [...text.matchAll(/^```(?:js|ts|javascript|typescript)\n([^]*?)^```$/gm)].map((match) => {
    return { file, line: text.slice(0, match.index).split('\n').length + 1, code: match[1] ?? '' };
  });
}
