import type { Addresses, RealMerge } from './real-merges.js';

/** The page of real merges, `docs/merges.md`: counts only, the data belongs to its publishers. */
export function mergesPage(merges: readonly RealMerge[]): string {
  const settled = merges.filter(({ conflicts }) => conflicts.length === 0).length;
  return [
    '# Real merges',
    '',
    `${merges.length} merges of \`deployments/<network>.json\` (name → address) from a public repository, in which git's text merge failed`,
    'or people had to step in. Each side is imported with `import addresses` and merged by record. This page is generated',
    '(`npm run docs:merges`, which needs the data); a test compares it.',
    '',
    `By record ${settled} of ${merges.length} need nobody; in the others a contract really was deployed twice.`,
    '',
    '| case | entries base / ours / theirs | conflicts as text | by record | what people committed |',
    '|---|---|---|---|---|',
    ...merges.map(row),
    '',
  ].join('\n');
}

function row(merge: RealMerge): string {
  const { name, base, ours, theirs, textConflicts, merged, conflicts } = merge;
  const result = conflicts.length === 0 ? `merged, ${merged.size} entries` : conflictWords(merge);
  const sizes = [base, ours, theirs].map(({ size }) => size).join(' / ');
  return `| ${[name, sizes, textConflicts, result, humanWords(merge)].join(' | ')} |`;
}

function conflictWords({ conflicts }: RealMerge): string {
  const contracts = new Set(conflicts.map(({ contract }) => contract)).size;
  return `${contracts} true ${contracts === 1 ? 'conflict' : 'conflicts'}`;
}

/** How what people committed differs from the merge by record; where that is a conflict, which side they took. */
function humanWords({ human, merged, ours, theirs, conflicts }: RealMerge): string {
  if (human === null) return 'not JSON';
  const open = new Set(conflicts.flatMap(({ contract }) => contract ?? []));
  const took = [...open].map((name) => {
    const chosen = human.get(name);
    return chosen === undefined
      ? 'neither'
      : chosen === ours.get(name)
        ? 'ours'
        : chosen === theirs.get(name)
          ? 'theirs'
          : 'another';
  });
  const rest = difference({ merged, human, sides: [ours, theirs] }, open);
  const words = [...(took.length === 0 ? [] : [`took ${took.join(', ')}`]), ...rest];
  return words.length === 0 ? 'the same' : words.join('; ');
}

function difference(
  { merged, human, sides }: { merged: Addresses; human: Addresses; sides: readonly Addresses[] },
  open: ReadonlySet<string>,
): string[] {
  const names = [...merged.keys()].filter((name) => !open.has(name));
  const lost = names.filter((name) => !human.has(name)).length;
  const other = names.filter((name) => human.has(name) && human.get(name) !== merged.get(name));
  const strange = other.filter((name) => sides.every((side) => side.get(name) !== human.get(name))).length;
  const stale = other.length - strange;
  const more = [...human.keys()].filter((name) => !merged.has(name)).length;
  return [
    ...(lost === 0 ? [] : [`lost ${lost}`]),
    ...(stale === 0 ? [] : [`${stale} with the address that was replaced`]),
    ...(strange === 0 ? [] : [`${strange} with an address neither side has`]),
    ...(more === 0 ? [] : [`${more} more`]),
  ];
}
