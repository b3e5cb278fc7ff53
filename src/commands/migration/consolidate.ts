import { sourceId } from '../../core/legacy/source-id.js';
import { readFoldSource } from '../../core/fold/fold-source.js';
import { canonicalize } from '../../core/text/canonical.js';
import type { LegacyEntry } from '../../core/legacy/entry.js';
import type { SourceFile } from '../../ports/source-files.js';
import type { BaseState } from '../base-state.js';
import type { Consolidation, MigrationSources } from './consolidation.js';
import { placeSources } from './place-sources.js';
import { settleSources } from './settle-sources.js';

/**
 * What all sources say, network by network (lookcoin-data §3.5): the database speaks first about contracts, older JSON files
 * about everything else, 3.0 files fill what is missing and upgrade what they know newer, manifests add transactions and the
 * scheme of hashes. Records are read when their network is settled, and forgotten. Throws CONFIG_INVALID, BAD_INPUT.
 */
export async function consolidate(base: BaseState, sources: MigrationSources): Promise<Consolidation> {
  const placed = await placeSources(base, sources);
  const { networks, rejects, ambiguous, passedOver, ignored } = placed;
  return {
    id: idOf(sources),
    networks,
    rejects,
    ambiguous,
    passedOver,
    ignored,
    settle: (onto, network) => settleSources(onto, network, placed),
  };
}

/** Of what the sources say, not of their layout: neither of the files of a database nor of the text of a file. */
function idOf({ leveldb, also, json, unified, openzeppelin }: MigrationSources): string {
  const part = (kind: string, value: string): LegacyEntry => ({ key: Buffer.from(kind), value: Buffer.from(value) });
  const files = (kind: string, given: readonly SourceFile[]): LegacyEntry[] =>
    given
      .map(({ name, bytes }) => {
        const read = readFoldSource(bytes);
        return part(
          `${kind} ${name}`,
          read.ok ? canonicalize(read.source.root) : Buffer.from(bytes).toString('base64'),
        );
      })
      .sort((a, b) => Buffer.compare(a.value, b.value));
  return sourceId([
    ...(leveldb === null ? [] : [part('leveldb', sourceId(leveldb.entries))]),
    ...also.map(({ content }, at) => part(`also ${at}`, sourceId(content.entries))),
    ...files('json', json),
    ...files('unified', unified),
    ...files('openzeppelin', openzeppelin),
  ]);
}
