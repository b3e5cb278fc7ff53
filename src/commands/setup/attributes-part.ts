import { attributesPath, networkFilePattern, quarantineFolder } from '../../core/layout.js';
import type { Checkout } from '../../ports/checkout.js';
import { blockPart } from './block-part.js';
import type { Part } from './part.js';

/**
 * State files keep LF endings whatever a clone's `core.autocrlf` says: canonical text has no other (FORMAT §2). They are
 * merged by record and field, and network files compared so, in each clone that has the drivers (`driverParts`).
 */
export function attributesPart(checkout: Checkout, root: string): Promise<Part> {
  const lines = [
    `${networkFilePattern()} text eol=lf merge=stateroot diff=stateroot\n`,
    `${quarantineFolder('')}/*.json text eol=lf merge=stateroot\n`,
  ];
  return blockPart(checkout, {
    name: 'line endings',
    path: attributesPath(root),
    body: lines.join(''),
    detail: `${lines.length} lines: LF endings, merge and diff by record`,
    tracked: true,
    executable: false,
    placing: () => ({ head: '', place: 'end' }),
    problem: () => null,
  });
}
