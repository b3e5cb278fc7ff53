import { isAddressText } from './address-text.js';
import { keccak256 } from './keccak.js';

export type AddressProblem = 'address-format' | 'address-hash' | 'address-zero' | 'address-case' | 'address-checksum';

const hashText = /^0x[0-9a-fA-F]{64}$/;
const zero = `0x${'0'.repeat(40)}`;

/** Digits → EIP-55 form of the addresses asked for last: an import asks a dozen times for each. */
const known = new Map<string, string>();
const mostKnown = 4096;

/** The EIP-55 form (without chain id) of an address in any case. Throws TypeError unless `isAddressText`. */
export function checksumAddress(text: string): string {
  if (!isAddressText(text)) throw new TypeError('not an address');
  const digits = text.slice(2).toLowerCase();
  const remembered = known.get(digits);
  if (remembered !== undefined) return remembered;
  const address = inEip55(digits);
  if (known.size >= mostKnown) known.clear();
  known.set(digits, address);
  return address;
}

/** The rule an address breaks (FORMAT §6), or null. `address-case` is the only one that `fmt` repairs. */
export function addressProblem(value: unknown): AddressProblem | null {
  if (typeof value !== 'string') return 'address-format';
  if (hashText.test(value)) return 'address-hash';
  if (!isAddressText(value)) return 'address-format';
  if (value === zero) return 'address-zero';
  if (value === checksumAddress(value)) return null;
  return hasOneCase(value) ? 'address-case' : 'address-checksum';
}

/** An all-lower or all-upper address in EIP-55 form; every other text as it is (FORMAT §6, §7). */
export function recased(text: string): string {
  return isAddressText(text) && hasOneCase(text) ? checksumAddress(text) : text;
}

function hasOneCase(address: string): boolean {
  const digits = address.slice(2);
  return digits === digits.toLowerCase() || digits === digits.toUpperCase();
}

function inEip55(digits: string): string {
  const hash = keccak256(digits);
  return `0x${Array.from(digits, (digit, at) => (hash.charAt(at) >= '8' ? digit.toUpperCase() : digit)).join('')}`;
}
