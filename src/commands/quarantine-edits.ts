import { grouped } from '../core/grouped.js';
import { isObject, member } from '../core/json.js';
import { isUtf8 } from '../core/legacy/key-text.js';
import type { LegacyReject } from '../core/legacy/legacy-record.js';
import { quarantinePath } from '../core/layout.js';
import { type QuarantineItem, quarantineText, readQuarantine, withItems } from '../core/quarantine.js';
import { StateManagerError } from '../errors.js';
import type { BaseState } from './base-state.js';

/**
 * The quarantine files that change, by chain id, the one without chain id last; `kindOf` names the kind of import. Throws
 * STATE_INVALID, BAD_INPUT.
 */
export async function quarantineEdits(
  base: BaseState,
  kindOf: (one: LegacyReject) => string,
  rejects: readonly LegacyReject[],
): Promise<Map<number | null, { path: string; text: string }>> {
  const edits = new Map<number | null, { path: string; text: string }>();
  const chains = [...grouped(rejects, (one) => one.chainId)];
  for (const [chainId, ofChain] of chains.sort(([a], [b]) => (a ?? Infinity) - (b ?? Infinity))) {
    const path = quarantinePath(base.root, chainId);
    const [file] = await base.tree.read([path]);
    const current = readQuarantine(file?.bytes ?? null);
    if (!current.ok || !isObject(member(current.root, 'records'))) throw invalidQuarantine(path);
    const items = ofChain.map((one) => itemOf(kindOf(one), one));
    const text = quarantineText(withItems(current.root, items));
    if (!readQuarantine(Buffer.from(text)).ok) throw fullQuarantine(path);
    if (file === undefined || Buffer.from(file.bytes).toString('utf8') !== text) edits.set(chainId, { path, text });
  }
  return edits;
}

function itemOf(source: string, { key, reason, raw }: LegacyReject): QuarantineItem {
  const bytes = Buffer.from(raw);
  const stored = isUtf8(raw) ? { raw: bytes.toString('utf8') } : { rawBase64: bytes.toString('base64') };
  return { key, reason, source, ...stored };
}

function invalidQuarantine(path: string): StateManagerError {
  return new StateManagerError('STATE_INVALID', `${path} is not a quarantine file, so nothing can be added to it`, {
    hint: `stateroot validate ${path}`,
    details: { path },
  });
}

/** Items are text: nothing but its size can make a file of them unreadable. */
function fullQuarantine(path: string): StateManagerError {
  return new StateManagerError('BAD_INPUT', `${path} cannot keep all that is no state: it would pass 64 MiB`, {
    hint: 'is this the source that is meant? Import it in parts',
    details: { path },
  });
}
