import { type Json, type JsonObject, member } from '../json.js';
import { hugeInteger } from './number.js';
import { keyText, syntaxTree, type ValueNode } from './syntax-tree.js';

/**
 * The value of a foreign text (FORMAT §6): integers beyond 2^53−1 and `{"type":"BigInt","value":"…"}` become tagged
 * bigints. For texts that `refuseValue` lets pass with `hugeIntegers`.
 */
export function foreignValue(text: string): Json {
  return valueOf(syntaxTree(text).body, text);
}

function valueOf(node: ValueNode, text: string): Json {
  switch (node.type) {
    case 'Object':
      return taggedOr(Object.fromEntries(node.members.map(({ name, value }) => [keyText(name), valueOf(value, text)])));
    case 'Array':
      return node.elements.map(({ value }) => valueOf(value, text));
    case 'Number': {
      const digits = hugeInteger(text.slice(node.loc.start.offset, node.loc.end.offset));
      return digits === null ? node.value : { _type: 'bigint', _value: digits };
    }
    case 'String':
    case 'Boolean':
      return node.value;
    case 'Null':
      return null;
    case 'NaN':
    case 'Infinity':
      throw new TypeError('JSON has no NaN or Infinity');
  }
}

function taggedOr(object: JsonObject): Json {
  const type = member(object, 'type');
  const value = member(object, 'value');
  const isBigInt =
    type === 'BigInt' &&
    typeof value === 'string' &&
    /^(?:0|-?[1-9][0-9]{0,999})$/.test(value) &&
    Object.keys(object).length === 2;
  return isBigInt ? { _type: 'bigint', _value: value } : object;
}
