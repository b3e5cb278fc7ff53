/** One thing `init` puts in place. Looking at it changes nothing. */
export type Part = {
  readonly name:
    | 'state root'
    | 'line endings'
    | 'hook'
    | 'hook manager'
    | 'git config'
    | 'driver'
    | 'editor'
    | 'workflow'
    | 'npm scripts';
  /** Where it stands: a path, or a configuration key. */
  readonly target: string;
  /**
   * `present`: ours and as it should be; `kept`: somebody else's, it stays; `missing`: not there, or an older text of
   * ours; `blocked`: we cannot put it there without touching what is not ours.
   */
  readonly state: 'present' | 'kept' | 'missing' | 'blocked';
  /** What installing does to the target. */
  readonly action: 'create' | 'extend' | 'set';
  /** One line: what it is for, or why it is blocked and what to do by hand. */
  readonly detail: string;
  /** Lines to add by hand, where it is blocked. */
  readonly byHand?: string;
  /** Lands in the repository, so that it has to be committed. */
  readonly tracked: boolean;
  install(): Promise<void>;
  /** Null when nothing of ours is there. */
  readonly remove: (() => Promise<void>) | null;
};
