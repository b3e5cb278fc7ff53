import { type ErrorCode, exitCodes } from '../../errors.js';
import { answeredNo } from './answered-no.js';
import { backendFailed } from './backend-failed.js';
import { type DocumentedCode, documentedCodes, otherWords } from './documented-codes.js';
import type { ErrorEntry } from './error-entry.js';
import { outsideFailed } from './outside-failed.js';
import { personDecides } from './person-decides.js';
import { tryAgain } from './try-again.js';
import { wrongInput } from './wrong-input.js';
import { wrongSetup } from './wrong-setup.js';

/** Every code there is, ours and those of the documents, with what a person wants to know about it. */
export type ExplainedCode = ErrorEntry & {
  readonly code: string;
  /** Of the command line; null for a documented name that stands for codes with several. */
  readonly exit: number | null;
  /** For one of ours, the documents' names for it; for one of theirs, ours. */
  readonly alsoKnownAs: readonly string[];
};

const ours: Readonly<Record<ErrorCode, ErrorEntry>> = {
  ...answeredNo,
  ...wrongInput,
  ...wrongSetup,
  ...personDecides,
  ...outsideFailed,
  ...backendFailed,
  ...tryAgain,
};
const documented: readonly (readonly [string, DocumentedCode])[] = Object.entries(documentedCodes);

/** Every name that `explainCode` knows. */
export const codeNames: readonly string[] = [
  ...Object.keys(exitCodes),
  ...documented.map(([name]) => name),
  ...Object.keys(otherWords),
];

/** By a code or a name of the documents, without case; null for none. */
export function explainCode(name: string): ExplainedCode | null {
  const known = codeNames.find((code) => code.toLowerCase() === name.toLowerCase());
  const theirs = documented.find(([code]) => code === known);
  if (theirs !== undefined) return explainDocumented(...theirs);
  const code = isErrorCode(known) ? known : Object.entries(otherWords).find(([word]) => word === known)?.[1];
  if (code === undefined) return null;
  return { code, exit: exitCodes[code], ...ours[code], alsoKnownAs: namesOf(code) };
}

/** Whether an error of ours is what a name of the documents means: `meansCode(error.code, 'STATE_NOT_FOUND')`. */
export function meansCode(code: ErrorCode, name: string): boolean {
  return code === name || namesOf(code).includes(name);
}

function namesOf(code: ErrorCode): string[] {
  return [
    ...documented.filter(([, { codes }]) => codes.includes(code)).map(([name]) => name),
    ...Object.entries(otherWords).flatMap(([word, stands]) => (stands === code ? [word] : [])),
  ];
}

function explainDocumented(code: string, { codes, ...entry }: DocumentedCode): ExplainedCode {
  const exits = new Set(codes.map((each) => exitCodes[each]));
  const [exit = null, ...others] = exits;
  return { code, exit: others.length === 0 ? exit : null, ...entry, alsoKnownAs: codes };
}

function isErrorCode(name: string | undefined): name is ErrorCode {
  return name !== undefined && Object.hasOwn(exitCodes, name);
}
