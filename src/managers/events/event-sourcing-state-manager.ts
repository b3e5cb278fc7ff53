import { shown } from '../../core/shown.js';
import { restoreState } from '../../commands/restore-state.js';
import { StateManagerError } from '../../errors.js';
import { openTags } from '../../git/open-tags.js';
import type { StateRepository } from '../../ports/state-repository.js';
import type { Scope } from '../contract-store.js';
import { againWhenBusy } from '../unified/again-when-busy.js';
import type { CommittedChanges } from '../unified/unified-contracts.js';
import { type PlainUnifiedOptions, UnifiedJSONStateManager } from '../unified/unified-state-manager.js';
import { changeOfEvent, chainOfEvent } from './change-of-event.js';
import type { ContractEvent, NewContractEvent } from './contract-event.js';
import { replayHistory } from './replay-events.js';
import { snapshotFolder, snapshotName, snapshotOf, type StateSnapshot } from './state-snapshot.js';

/** The history of the state as events (R183): the commits are the events, so nothing is stored twice and nothing can differ. */
export class EventSourcingStateManager extends UnifiedJSONStateManager {
  readonly #place: { readonly cwd: string; readonly options: PlainUnifiedOptions };

  constructor(network: string | null, options: PlainUnifiedOptions = {}) {
    const cwd = options.cwd ?? process.cwd();
    super(network, { ...options, cwd });
    this.#place = { cwd, options };
  }

  /**
   * Makes an event happen, as one commit that names `id` as its source; says which, null when the state is that already.
   * Throws BAD_INPUT for an event that contradicts itself, NOT_FOUND for an upgrade of nothing, CHECKSUM_MISMATCH.
   */
  appendEvent(event: NewContractEvent): Promise<CommittedChanges> {
    return this.during(async () => {
      const scope = await this.#scopeOfEvent(event);
      const change = changeOfEvent(event, scope, await this.unified.list(scope));
      return this.unified.commit([change], event.id === undefined ? {} : { source: `event ${event.id}` });
    });
  }

  /**
   * The events that led to the state of HEAD, oldest first; of the manager's network only, where it is bound to one.
   * Changes of sections are no events of a contract.
   */
  replayEvents(from?: Date): Promise<ContractEvent[]> {
    const { network } = this;
    return this.unified.withRepository((repository) => replayHistory(repository, { from, network }));
  }

  /** Tags the commit that HEAD is at. Edits that are not committed are not in it. Throws NOT_FOUND before the first commit. */
  createSnapshot(): Promise<StateSnapshot> {
    return this.unified.withRepository(async (repository) => {
      const { commit } = await repository.head();
      if (commit === null) throw nothingCommitted();
      const tags = await openTags(this.#place.cwd, this.#place.options);
      const name = snapshotName(new Date(), commit);
      await tags.create(name, commit, `State of ${commit}`);
      const tag = (await tags.list(snapshotFolder)).find((each) => each.name === name);
      if (tag === undefined) throw notTagged(name);
      return snapshotOf(tag);
    });
  }

  /** Oldest first. */
  listSnapshots(): Promise<StateSnapshot[]> {
    return this.unified.withRepository(async () => {
      const tags = await openTags(this.#place.cwd, this.#place.options);
      return (await tags.list(snapshotFolder)).map(snapshotOf);
    });
  }

  /**
   * Makes all networks what they were at a snapshot, as one new commit; says which, null when they are that already. It
   * changes records, not the chain. Throws UNKNOWN_REVISION, CONFLICT when the tag is at another commit than the snapshot.
   */
  restoreFromSnapshot({ id, commit }: Pick<StateSnapshot, 'id'> & Partial<StateSnapshot>): Promise<string | null> {
    return this.unified.withRepository(async (repository) => {
      const tagged = await resolveTag(repository, id);
      if (commit !== undefined && commit !== tagged) throw moved(id, tagged);
      const request = { commit: tagged, source: `snapshot ${id}` };
      const options = { target: { kind: 'head', allowDetached: false }, dryRun: false } as const;
      return (await againWhenBusy(() => restoreState(repository, request, options))).commit;
    });
  }

  async #scopeOfEvent(event: NewContractEvent): Promise<Scope> {
    const said = chainOfEvent(event);
    if (said !== undefined) return this.scopeOf(said);
    const bound = await this.boundScope();
    if (bound === undefined) throw noChain();
    return bound;
  }
}

function resolveTag(repository: StateRepository, id: string): Promise<string> {
  if (id.startsWith(`${snapshotFolder}/`)) return repository.resolve(`refs/tags/${id}`);
  throw new StateManagerError('UNKNOWN_REVISION', `${shown(id)} is no snapshot`, { hint: 'see listSnapshots()' });
}

function nothingCommitted(): StateManagerError {
  return new StateManagerError('NOT_FOUND', 'There is no commit yet to make a snapshot of', {
    hint: 'put a contract first',
  });
}

function notTagged(name: string): StateManagerError {
  return new StateManagerError('GIT_FAILED', `The tag ${name} is not there after it was made`, {
    hint: 'git tag --list',
  });
}

function moved(id: string, commit: string): StateManagerError {
  return new StateManagerError('CONFLICT', `The tag ${shown(id)} is at ${commit.slice(0, 7)} now`, {
    hint: 'see who moved it, and restore the commit that is right: stateroot rollback --network <name> --to <commit>',
    details: { id, commit },
  });
}

function noChain(): StateManagerError {
  return new StateManagerError('CHAIN_ID_UNKNOWN', 'The event does not say which chain it is of', {
    hint: 'add chainId to its data',
  });
}
