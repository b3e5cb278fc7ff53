import type { Row } from '../row.js';

/** Interfaces that the documents name for later. */
export const rows: readonly Row[] = [
  {
    id: 'R181',
    says: '`DatabaseStateManager` on PostgreSQL or MySQL',
    reason:
      'A database beside Git would be a second truth that nobody reviews. Transactions are commits (`apply`, `putContracts`), and a store on a database is a plug-in of eight operations: docs/backends.md, `registerBackend`.',
  },
  {
    id: 'R182',
    says: '`DistributedStateManager` replicates to remotes, syncs from one, asks whether they agree, and settles conflicts',
    code: 'src/managers/distributed/distributed-state-manager.ts#DistributedStateManager',
    test: 'test/managers/distributed/distributed-state-manager.test.ts › is pushed to each, once, and they agree then',
  },
  {
    id: 'R183',
    says: '`EventSourcingStateManager` appends and replays events, makes snapshots and restores them',
    code: 'src/managers/events/event-sourcing-state-manager.ts#EventSourcingStateManager.appendEvent',
    test: 'test/managers/events/event-sourcing-state-manager.test.ts › builds the same state when it is appended somewhere else, removals too',
  },
  {
    id: 'R184',
    says: 'Cloud storage, replication over regions, GraphQL',
    reason:
      'A remote of Git is the storage and its clones are the replicas, wherever a host keeps them; queries are `list --where`, `find` and the library. Another storage is a plug-in: docs/backends.md.',
  },
  {
    id: 'R185',
    says: 'Recovery by itself: a write clears up after one that was killed, without losing anything',
    code: 'src/git/write/recover.ts#recoverDead',
    test: 'test/git/write/recover.test.ts › that created a file takes it away again',
  },
];
