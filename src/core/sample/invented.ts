import { createHash } from 'node:crypto';
import { checksumAddress } from '../values/address.js';

/** An address nobody owns: the first 20 bytes of the SHA-256 of what it stands for. */
export function inventedAddress(...what: readonly string[]): string {
  return checksumAddress(`0x${digest(what).slice(0, 40)}`);
}

/** The hash of code that does not exist. */
export function inventedHash(...what: readonly string[]): string {
  return `0x${digest(what)}`;
}

function digest(what: readonly string[]): string {
  return createHash('sha256')
    .update(['stateroot sample', ...what].join(' / '), 'utf8')
    .digest('hex');
}
