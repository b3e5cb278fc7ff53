import { quarantineFolder, unifiedFolder } from '../../core/layout.js';
import type { Checkout } from '../../ports/checkout.js';
import { blockPart } from './block-part.js';
import type { Part } from './part.js';

/** State files keep LF endings whatever a clone's `core.autocrlf` says: canonical text has no other (FORMAT §2). */
export function attributesPart(checkout: Checkout, root: string): Promise<Part> {
  const folders = [unifiedFolder(''), quarantineFolder('')];
  return blockPart(checkout, {
    name: 'line endings',
    path: root === '' ? '.gitattributes' : `${root}/.gitattributes`,
    body: folders.map((folder) => `${folder}/*.json text eol=lf\n`).join(''),
    detail: `${folders.length} lines: LF endings for state files`,
    tracked: true,
    executable: false,
    placing: () => ({ head: '', place: 'end' }),
    problem: () => null,
  });
}
