import type { Json } from '../json.js';

/** What a check has found, before it has a position, a severity and a hint. */
export type Complaint = {
  readonly rule: string;
  /** RFC 6901 pointer. */
  readonly path: string;
  /** Name of the record it is about. */
  readonly contract?: string;
  readonly message: string;
};

/** A value as a message shows it: whole, unless it is very long. */
export function shownValue(value: Json): string {
  const text = JSON.stringify(value);
  return text.length <= 200 ? text : `${text.slice(0, 200)}… (${text.length} characters)`;
}
