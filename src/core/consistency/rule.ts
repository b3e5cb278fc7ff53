import type { Severity } from '../finding.js';
import type { Example } from './example.js';
import type { CheckedState } from './state/checked-state.js';

/** One way in which a snapshot can contradict itself, as `check --explain` shows it. One file each in `rules/`. */
export type ConsistencyRule = {
  /** `subject/what`, stable. */
  readonly id: string;
  /** Unless the configuration says another. */
  readonly severity: Severity;
  readonly title: string;
  readonly meaning: string;
  readonly remedy: string;
  /** A small state that breaks this rule, and one beside it that does not. */
  readonly fires: Example;
  readonly silent: Example;
  /** Pure, and near-linear in records and links: 1,000 networks with 100 records are one state. */
  find(state: CheckedState): readonly Problem[];
};

/** What a rule has found, before it has a severity, a position and a hint. */
export type Problem = {
  readonly place: Place;
  /** Name of the record it is about. */
  readonly contract?: string;
  readonly message: string;
  /** Where it is milder than its rule. */
  readonly severity?: Severity;
  /** Other places that belong to it. */
  readonly related?: readonly Place[];
};

export type Place = {
  /** `''` for a file that is no network's. */
  readonly network: string;
  /** Relative to the repository root. */
  readonly file: string;
  /** RFC 6901 pointer. */
  readonly path: string;
  /** Point at the key, not at the value. */
  readonly at?: 'key';
};
