import type { WeighedChange } from '../../core/diff/weigh.js';
import { counted } from './table.js';

/** Changes that nobody has to decide on, by what they are, in the order of risk. */
export type ChangeGroup = {
  readonly mark: string;
  /** `1 more upgrade`, `3 new deployments`. */
  readonly title: string;
  /** Left out first where there is no room. */
  readonly isMetadata: boolean;
  readonly changes: readonly WeighedChange[];
};

type Kind = {
  readonly of: readonly WeighedChange['kind'][];
  readonly mark: string;
  readonly one: string;
  readonly many: string;
  readonly isMetadata: boolean;
};

const kinds: readonly Kind[] = [
  { of: ['upgrade', 'redeploy', 'remove'], mark: '↑', one: 'upgrade', many: 'upgrades', isMetadata: false },
  { of: ['deploy'], mark: '+', one: 'new deployment', many: 'new deployments', isMetadata: false },
  { of: ['renamed', 'network'], mark: '~', one: 'network edit', many: 'network edits', isMetadata: false },
  { of: ['metadata'], mark: '~', one: 'metadata edit', many: 'metadata edits', isMetadata: true },
  { of: ['sections'], mark: '~', one: 'edit of sections', many: 'edits of sections', isMetadata: true },
];

export function harmlessGroups(changes: readonly WeighedChange[]): ChangeGroup[] {
  const more = changes.some(({ danger, kind }) => danger !== null && kind === 'upgrade') ? 'more ' : '';
  return kinds.flatMap(({ of, mark, one, many, isMetadata }) => {
    const own = changes.filter(({ danger, kind }) => danger === null && of.includes(kind));
    const word = of.includes('upgrade') ? more : '';
    const title = counted(own.length, `${word}${one}`, `${word}${many}`);
    return own.length === 0 ? [] : [{ mark, title, isMetadata, changes: own }];
  });
}
