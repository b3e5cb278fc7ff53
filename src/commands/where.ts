import { equalJson } from '../core/equal.js';
import { isObject, type Json, type JsonObject, member } from '../core/json.js';
import { shown } from '../core/shown.js';
import { isAddressText } from '../core/values/address-text.js';
import { StateManagerError } from '../errors.js';

/** One `--where path=value`: a dotted path into a record's view, and what stands there. */
export type Condition = { readonly path: string; readonly value: Json; readonly text: string };

/** The value is JSON, else text. Throws BAD_USAGE without `=` or path. */
export function parseCondition(argument: string): Condition {
  const at = argument.indexOf('=');
  if (at < 1) {
    throw new StateManagerError('BAD_USAGE', `--where ${shown(argument)} is not path=value`, {
      hint: 'for example --where category=core, --where chainId=97 or --where source.kind=leveldb',
    });
  }
  const text = argument.slice(at + 1);
  return { path: argument.slice(0, at), value: jsonOrText(text), text };
}

/** Does the view hold this value there? Addresses compare without case, and text that looks like JSON also as text. */
export function meets(view: JsonObject, condition: Condition): boolean {
  const found = valueAt(view, condition.path);
  if (found === undefined) return false;
  if (equalJson(found, condition.value)) return true;
  if (typeof found !== 'string') return false;
  return found === condition.text || (isAddressText(found) && found.toLowerCase() === condition.text.toLowerCase());
}

function valueAt(value: Json | undefined, path: string): Json | undefined {
  const [key = '', ...rest] = path.split('.');
  const next = isObject(value) ? member(value, key) : Array.isArray(value) ? itemAt(value, key) : undefined;
  return rest.length === 0 || next === undefined ? next : valueAt(next, rest.join('.'));
}

function itemAt(items: readonly Json[], key: string): Json | undefined {
  return /^[0-9]+$/.test(key) ? items[Number(key)] : undefined;
}

function jsonOrText(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
