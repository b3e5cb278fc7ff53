import { shown } from '../core/shown.js';
import { isObject, type Json, type JsonObject, member } from '../core/json.js';
import type { Assignment } from '../core/model/patch.js';
import { readValue } from '../core/text/read.js';
import { StateManagerError } from '../errors.js';
import type { Context } from './command.js';

/** Reads a JSON file or stdin (`-`) as strictly as state itself. Throws BAD_INPUT with `file:line:column`. */
export async function readJson(context: Context, file: string): Promise<Json> {
  const read = readValue(await context.readInput(file));
  if (read.ok) return read.value;
  const { line, column, message, rule } = read.refusal;
  const name = file === '-' ? 'stdin' : file;
  throw new StateManagerError('BAD_INPUT', `${name}:${line}:${column}: ${message}`, {
    hint: `correct the JSON of ${name}; more: stateroot validate --explain ${rule}`,
    details: { rule, line, column },
  });
}

/** One record; also as `get --json` prints it, in its envelope. */
export async function readJsonObject(context: Context, file: string): Promise<JsonObject> {
  const value = withoutEnvelope(await readJson(context, file));
  if (isObject(value)) return value;
  throw new StateManagerError('BAD_INPUT', `${file === '-' ? 'stdin' : file} holds no JSON object.`, {
    hint: 'give one record, e.g. {"implementation": "0x…"}; several go through stateroot apply',
  });
}

/** `data` of what `--json` printed; any other value as it is. */
export function withoutEnvelope(value: Json): Json {
  if (!isObject(value) || typeof member(value, 'ok') !== 'boolean') return value;
  return member(value, 'data') ?? value;
}

/** `path=value`: the value is JSON where it reads as JSON, else text. Throws BAD_USAGE. */
export function parseAssignment(text: string): Assignment {
  const equals = text.indexOf('=');
  if (equals < 1) {
    throw new StateManagerError('BAD_USAGE', `${shown(text)} is no assignment.`, {
      hint: 'write --set path=value, e.g. implementation=0x…',
    });
  }
  const value = text.slice(equals + 1);
  const read = readValue(Buffer.from(value));
  // What looks like a number and cannot be kept exactly must not slip in as text, or the other way round.
  if (!read.ok && read.refusal.rule !== 'json-syntax') {
    throw new StateManagerError(
      'BAD_INPUT',
      `The value of --set ${shown(text.slice(0, equals))} cannot be kept exactly: ${read.refusal.message}`,
      {
        hint: 'quote it as text: \'"…"\', or tag it: {"_type":"bigint","_value":"…"}',
      },
    );
  }
  return { path: text.slice(0, equals), value: read.ok ? read.value : value };
}

/** A whole positive number as typed. Throws BAD_USAGE. */
export function parseChainId(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^[1-9]\d*$/.test(text) && Number.isSafeInteger(value)) return value;
  throw new StateManagerError('BAD_USAGE', `${shown(text)} is no chain id.`, {
    hint: 'a chain id is a whole number, e.g. --chain-id 97',
  });
}
