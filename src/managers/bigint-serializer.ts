import { isObject, type Json } from '../core/json.js';
import { shown } from '../core/shown.js';
import { tagBigints, untagBigints } from '../core/values/bigint.js';
import { StateManagerError } from '../errors.js';

/** Bigints in JSON as document 000 has them: text for a value alone, `{_type: 'bigint', _value}` among arguments, at any depth. */
export class BigIntSerializer {
  serializeBigInt(value: bigint): string {
    return value.toString();
  }

  /** Throws BAD_INPUT: unlike `BigInt`, which takes an empty text for zero. */
  deserializeBigInt(value: string): bigint {
    if (/^-?\d+$|^0[xX][0-9a-fA-F]+$/.test(value)) return BigInt(value);
    throw new StateManagerError('BAD_INPUT', `${shown(value)} is no whole number`, {
      hint: 'pass decimal digits, or 0x and hexadecimal ones',
    });
  }

  /** Throws BAD_INPUT, naming the place, for what JSON would lose or change. */
  serializeConstructorArgs(args: readonly unknown[]): Json[] {
    const tagged = tagBigints(args);
    return Array.isArray(tagged) ? [...(tagged as readonly Json[])] : [];
  }

  /** Throws BAD_INPUT for an object that says it is a bigint and is none. */
  deserializeConstructorArgs(args: readonly unknown[]): unknown[] {
    const tagged = this.serializeConstructorArgs(args);
    refuseBadTags(tagged);
    return tagged.map(untagBigints);
  }
}

function refuseBadTags(value: unknown): void {
  if (Array.isArray(value)) value.forEach(refuseBadTags);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  if (
    isObject(value) &&
    Object.hasOwn(value, '_type') &&
    value['_type'] === 'bigint' &&
    typeof untagBigints(value) !== 'bigint'
  ) {
    throw new StateManagerError('BAD_INPUT', `${shown(JSON.stringify(value))} says it is a bigint and is none`, {
      hint: 'its _value is decimal digits, and it has no third member',
    });
  }
  Object.values(value).forEach(refuseBadTags);
}
