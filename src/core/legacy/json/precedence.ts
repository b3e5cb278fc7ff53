import { compareText } from '../../equal.js';
import type { OlderSource } from './older-source.js';

/** Which file speaks first about contracts: what came out of a database, then what deployments wrote, then the rest. */
export function contractsFirst(sources: readonly OlderSource[], network: string): readonly OlderSource[] {
  return inOrder(sources, network, ['export', 'v1', 'v2', 'enhanced', 'config', 'state']);
}

/** Which file speaks first about everything else. */
export function sectionsFirst(sources: readonly OlderSource[], network: string): readonly OlderSource[] {
  return inOrder(sources, network, ['enhanced', 'config', 'v2', 'v1', 'export', 'state']);
}

/** Of two files of one form the one that calls the network by its name here comes first. */
function inOrder(
  sources: readonly OlderSource[],
  network: string,
  formats: readonly OlderSource['format'][],
): readonly OlderSource[] {
  const rank = ({ format, part }: OlderSource): number =>
    formats.indexOf(format) * 2 + (part.spelling === network ? 0 : 1);
  return [...sources].sort((a, b) => rank(a) - rank(b) || compareText(a.name, b.name));
}
