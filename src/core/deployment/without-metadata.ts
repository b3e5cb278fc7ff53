import { cborEnd } from './cbor-end.js';

/**
 * Code without the metadata that solc appends: one CBOR map, then its length in two bytes, big end first. Code that does
 * not end so is returned as it is, since nothing else says where metadata would begin.
 */
export function withoutMetadata(code: Uint8Array): Uint8Array {
  const trailer = code.length - 2;
  const length = ((code[trailer] ?? 0) << 8) | (code[trailer + 1] ?? 0);
  const start = trailer - length;
  if (trailer < 1 || length === 0 || start < 1) return code;
  const isMap = (code[start] ?? 0) >> 5 === 5;
  return isMap && cborEnd(code.subarray(0, trailer), start) === trailer ? code.subarray(0, start) : code;
}
