import type { Json, JsonObject } from '../json.js';
import type { PlainProblem } from './plain-file.js';

/** A contract as it stands in a plain file. */
export type PlainContract = {
  readonly name: string;
  /** Where it stands, an RFC 6901 pointer. */
  readonly path: string;
  /** As ContractType, bigints tagged: with everything that only we wrote. */
  readonly contract: JsonObject;
  /** What any reader of the form sees. */
  readonly base: JsonObject;
  /** The entry as the file has it; of a v1 proxy that is only mentioned, `{proxy}`. */
  readonly entry: JsonObject;
  /** `{address, fields}` as the file has it. */
  readonly details: Json | undefined;
};

/** In the order of the file. */
export type PlainContracts = {
  readonly contracts: readonly PlainContract[];
  /** What stands where a contract should and is none. */
  readonly problems: readonly PlainProblem[];
};
