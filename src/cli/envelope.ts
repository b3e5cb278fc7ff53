import { exitCodes, StateManagerError } from '../errors.js';
import type { Outcome } from './command.js';
import { jsonText } from './text/escape-json.js';
import { findingsOf } from './text/refusal.js';

/** The one JSON document of `--json` (CONTRACT §5): the same keys in the same order whatever happened. */
export function outcomeEnvelope(outcome: Outcome): string {
  const { data = null, findings = [], error } = outcome;
  const ok = exitOf(outcome) === 0;
  return jsonText({ ok, data, findings, ...(error === undefined ? {} : { error: errorPart(error) }) });
}

export function errorEnvelope(error: unknown): string {
  if (!(error instanceof StateManagerError)) {
    const message = error instanceof Error ? error.message : String(error);
    return jsonText({ ok: false, data: null, findings: [], error: { code: 'BUG', message, hint: null, details: {} } });
  }
  return jsonText({ ok: false, data: null, findings: findingsOf(error), error: errorPart(error) });
}

/** The exit code of what a verb answered. */
export function exitOf({ exit, error }: Outcome): number {
  return exit ?? (error === undefined ? 0 : exitCodes[error.code]);
}

function errorPart({ code, message, hint, details }: StateManagerError) {
  return { code, message, hint: hint ?? null, details };
}
