import type { Json } from '../json.js';
import { type Hidden, redactText } from './redact-text.js';
import { isSecretName } from './secret-names.js';

/** Every text in it without secrets, member names too; what goes by the name of a secret is hidden whole. */
export function redactValue(value: Json, hidden: Hidden): Json {
  if (typeof value === 'string') return redactText(value, hidden);
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => redactValue(item, hidden));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, item]): [string, Json] => [
    redactText(name, hidden),
    isSecretName(name) && item !== null && typeof item !== 'boolean' ? '[redacted]' : redactValue(item, hidden),
  ]);
  return Object.fromEntries(members);
}
