import type { Manifest } from '../consistency/state/manifest.js';
import { member } from '../json.js';
import { recordChecksum } from '../model/checksum.js';
import type { Discrepancy, Side } from './discrepancy.js';

/** One thing that is known about a discrepancy. `side` is whom it speaks for; null where it only informs. */
export type Evidence = { readonly fact: Fact; readonly side: Side | null; readonly text: string };

type Fact =
  | 'leveldb-intact'
  | 'leveldb-deleted'
  | 'git-sealed'
  | 'git-committed'
  | 'git-removed'
  | 'newer'
  | 'manifest'
  | 'chain';

/** The commit that last changed or removed a record. */
export type LastChange = {
  readonly commit: string;
  readonly author: string;
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly removed: boolean;
};

export type Known = {
  /** Places in the files of the LevelDB that are not as it leaves them when it is closed. All that was read passed its CRC. */
  readonly storeWarnings: number;
  /** Its files still hold an older version of this contract, which it deleted. */
  readonly deleted: boolean;
  /** Null where no commit changed the record. */
  readonly lastChange: LastChange | null;
  /** OpenZeppelin's manifests of the chain. */
  readonly manifests: readonly Manifest[];
};

/** What speaks for which side, and what was not asked (R133, R174). */
export function evidenceOf(discrepancy: Discrepancy, known: Known): Evidence[] {
  return [
    ...storeEvidence(discrepancy, known),
    ...gitEvidence(discrepancy, known),
    ...timeEvidence(discrepancy),
    ...manifestEvidence(discrepancy, known.manifests),
    { fact: 'chain', side: null, text: 'the chain was not asked: nothing here goes on line' },
  ];
}

/** When the LevelDB and Git say the contract was last deployed, ms since 1970; null where one does not say. */
export function timesOf({ source, record }: Discrepancy): Readonly<Record<Side, number | null>> {
  const time = (value: unknown) => (typeof value === 'number' ? value : null);
  return {
    leveldb: time(source?.contract.timestamp),
    git: record === null ? null : time(member(record.fields, 'timestamp')),
  };
}

function storeEvidence({ source }: Discrepancy, { storeWarnings, deleted }: Known): Evidence[] {
  if (source === null) {
    return deleted
      ? [{ fact: 'leveldb-deleted', side: 'leveldb', text: 'the LevelDB had it and deleted it' }]
      : [{ fact: 'leveldb-deleted', side: null, text: 'the files of the LevelDB hold no trace of it' }];
  }
  if (storeWarnings === 0) {
    return [{ fact: 'leveldb-intact', side: 'leveldb', text: 'every CRC of the LevelDB holds' }];
  }
  const places = storeWarnings === 1 ? '1 place' : `${storeWarnings} places`;
  return [
    {
      fact: 'leveldb-intact',
      side: null,
      text: `what was read of the LevelDB passed its CRC, but ${places} of its files are not as it leaves them when it is closed`,
    },
  ];
}

function gitEvidence({ record }: Discrepancy, { lastChange }: Known): Evidence[] {
  const who =
    lastChange === null ? '' : `${lastChange.commit.slice(0, 7)} by ${lastChange.author} at ${lastChange.time}`;
  if (record === null) {
    if (lastChange?.removed !== true) return [{ fact: 'git-removed', side: null, text: 'no commit ever had it' }];
    return [{ fact: 'git-removed', side: 'git', text: `${who} removed it` }];
  }
  const checksum = member(record.fields, 'checksum');
  const holds = checksum === recordChecksum(record);
  const sealed: Evidence =
    checksum === undefined
      ? { fact: 'git-sealed', side: null, text: 'the record in Git has no checksum' }
      : holds
        ? { fact: 'git-sealed', side: 'git', text: 'the checksum of the record in Git holds' }
        : { fact: 'git-sealed', side: null, text: 'the record in Git does not match its checksum: edited by hand' };
  const committed = lastChange === null ? 'the record in Git is not committed yet' : `${who} changed it last in Git`;
  return [sealed, { fact: 'git-committed', side: null, text: committed }];
}

function timeEvidence(discrepancy: Discrepancy): Evidence[] {
  const { leveldb, git } = timesOf(discrepancy);
  if (discrepancy.kind !== 'differs') return [];
  if (leveldb === null || git === null) {
    const which =
      leveldb === null ? (git === null ? 'neither side says' : 'the LevelDB does not say') : 'Git does not say';
    return [{ fact: 'newer', side: null, text: `${which} when it was deployed` }];
  }
  if (leveldb === git) return [{ fact: 'newer', side: null, text: 'both name the same time of deployment' }];
  const [side, name] = leveldb > git ? (['leveldb', 'the LevelDB'] as const) : (['git', 'Git'] as const);
  return [
    {
      fact: 'newer',
      side,
      text: `the deployment that ${name} names is newer: ${leveldb} in the LevelDB, ${git} in Git`,
    },
  ];
}

/** Of another field than the code it says nothing. */
function manifestEvidence({ source, record, kind, fields }: Discrepancy, manifests: readonly Manifest[]): Evidence[] {
  if (kind === 'differs' && !fields.includes('address')) return [];
  const said = source?.contract.address ?? null;
  const held = record === null ? null : (member(record.fields, 'implementation') ?? null);
  if (manifests.length === 0)
    return [{ fact: 'manifest', side: null, text: 'there is no OpenZeppelin manifest of this chain' }];
  const [bySource, byRecord] = [knows(manifests, said), knows(manifests, held)];
  if (bySource === byRecord) {
    const text = bySource
      ? 'the OpenZeppelin manifest knows the implementation of both'
      : 'the OpenZeppelin manifest knows no implementation of this';
    return [{ fact: 'manifest', side: null, text }];
  }
  const [side, name] = bySource ? (['leveldb', 'the LevelDB'] as const) : (['git', 'Git'] as const);
  return [{ fact: 'manifest', side, text: `the OpenZeppelin manifest knows the implementation that ${name} has` }];
}

function knows(manifests: readonly Manifest[], address: unknown): boolean {
  return (
    typeof address === 'string' && manifests.some(({ implementations }) => implementations.has(address.toLowerCase()))
  );
}
