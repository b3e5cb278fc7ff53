import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { StateManagerError } from '../../errors.js';
import { withoutMetadata } from './without-metadata.js';

/**
 * How a code hash is made (FORMAT §4, `hashScheme`): Keccak-256 of the creation or the runtime code, whole or without the
 * metadata that the compiler appends. `creation-nometa` is the key of an implementation in OpenZeppelin manifests, as long
 * as no constructor arguments were encoded into it.
 */
export type HashScheme = 'creation' | 'creation-nometa' | 'runtime' | 'runtime-nometa';

/**
 * The hash of compiled code as `0x` and 64 digits. `bytecode` is hexadecimal text, with or without `0x`: creation code for
 * the creation schemes, deployed code for the others. Throws BAD_INPUT for what cannot be hashed: nothing (interfaces and
 * abstract contracts have no code), half a byte, digits that are none, code that waits for the address of a library.
 */
export function bytecodeHash(bytecode: string, scheme: HashScheme): string {
  const code = bytesOf(bytecode);
  const hashed = scheme.endsWith('-nometa') ? withoutMetadata(code) : code;
  return `0x${bytesToHex(keccak_256(hashed))}`;
}

function bytesOf(bytecode: string): Uint8Array {
  const digits = bytecode.replace(/^0x/i, '');
  if (digits === '') throw refused('there is none', 'is the contract abstract, or an interface?');
  // solc leaves `__$<34 digits>$__`, before 0.5 `__<name>___`: of one source these are different code under one hash.
  const placeholder = /__[^_].{35,36}__|__\$[0-9a-f]{34}\$__/i.exec(digits);
  if (placeholder !== null) throw refused('a library in it is not linked', 'link its libraries first, then hash it');
  if (/[^0-9a-f]/i.test(digits)) throw refused('it is not hexadecimal', 'pass bytecode as the compiler wrote it');
  if (digits.length % 2 !== 0) throw refused('it ends with half a byte', 'pass all of the bytecode');
  return hexToBytes(digits);
}

function refused(why: string, hint: string): StateManagerError {
  return new StateManagerError('BAD_INPUT', `The bytecode cannot be hashed: ${why}`, { hint });
}
