import { shown } from '../../core/shown.js';
import { StateManagerError } from '../../errors.js';

/** Something of a file that was read is not what it has to be (JSON-003 of document 004). `place` is `path:line:column`. */
export function notDeployment(place: string, message: string): StateManagerError {
  return new StateManagerError('JSON_LOAD_ERROR', `${place} ${message}`, {
    hint: 'correct the file, or take it back from Git',
    details: { reference: 'JSON-003', place },
  });
}

/** A file or folder that could not be read (JSON-001). */
export function unreadable(path: string, cause: unknown): StateManagerError {
  return new StateManagerError('JSON_LOAD_ERROR', `${path} cannot be read: ${String(cause)}`, {
    cause,
    hint: `check that ${path} is what its name says, and may be read`,
    details: { reference: 'JSON-001', path },
  });
}

/** A text that is no JSON, or none that can be read exactly (JSON-002). */
export function unparsable(place: string, rule: string, message: string): StateManagerError {
  return new StateManagerError('JSON_PARSE_ERROR', `${place} ${rule}: ${message}`, {
    hint: 'correct the text, or take it back from Git; no contract of it was read',
    details: { reference: 'JSON-002', place, rule },
  });
}

/** A write that the file system refused (JSON-001). */
export function unwritable(path: string, cause: unknown, left: readonly string[]): StateManagerError {
  const kept =
    left.length === 0
      ? 'every file is as it was'
      : `these were written before and could not be put back: ${left.join(', ')}`;
  return new StateManagerError('JSON_WRITE_ERROR', `${path} cannot be written: ${String(cause)}; ${kept}`, {
    cause,
    hint: 'check its permissions and the room that is left',
    details: { reference: 'JSON-001', path, left },
  });
}

/** Several files of one chain, and nothing says which is meant. */
export function chainAmbiguous(chainId: number, paths: readonly string[]): StateManagerError {
  return new StateManagerError(
    'CHAIN_AMBIGUOUS',
    `Chain ${chainId} has several files: ${paths.map(shown).join(', ')}`,
    {
      hint: 'name the network, or remove the file that is out of date',
      details: { chainId, paths },
    },
  );
}
