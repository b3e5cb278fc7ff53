import { StateManagerError } from '../errors.js';
import type { Outcome } from './command.js';
import { jsonText } from './text/escape-json.js';
import { findingsOf } from './text/refusal.js';

/** The one JSON document of `--json` (CONTRACT §5): the same keys in the same order whatever happened. */
export function outcomeEnvelope(outcome: Outcome): string {
  return jsonText({ ok: (outcome.exit ?? 0) === 0, data: outcome.data ?? null, findings: outcome.findings ?? [] });
}

export function errorEnvelope(error: unknown): string {
  if (!(error instanceof StateManagerError)) {
    const message = error instanceof Error ? error.message : String(error);
    return jsonText({ ok: false, data: null, findings: [], error: { code: 'BUG', message, hint: null, details: {} } });
  }
  const { code, message, hint = null, details } = error;
  return jsonText({ ok: false, data: null, findings: findingsOf(error), error: { code, message, hint, details } });
}
