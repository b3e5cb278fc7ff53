import type { Json } from '../json.js';
import type { SchemaError, Validator } from '../schema/validators.js';
import { shown } from '../shown.js';
import { pointer, segments } from '../text/pointer.js';

/** What is wrong at a pointer, and whether the value or the key is the place to look at. */
export type ConfigProblem = { readonly path: string; readonly at: 'value' | 'key'; readonly message: string };

/** Every problem the schema finds, each naming the key and what is expected there. */
export function schemaProblems(value: Json, validate: Validator): ConfigProblem[] {
  return validate(value) ? [] : (validate.errors ?? []).filter(saysSomething).map(problemOf);
}

/** These only repeat that a part of them failed. */
function saysSomething(error: SchemaError): boolean {
  return !['if', 'anyOf', 'oneOf', 'propertyNames'].includes(error.keyword);
}

function problemOf(error: SchemaError): ConfigProblem {
  const inside = (key: unknown) => pointer(...segments(error.instancePath), String(key));
  const { params } = error;
  switch (error.keyword) {
    case 'additionalProperties': {
      const key = params['additionalProperty'];
      return { path: inside(key), at: 'key', message: `is no key this tool knows here (${shown(String(key))})` };
    }
    case 'required':
      return { path: inside(params['missingProperty']), at: 'value', message: 'is missing' };
    case 'enum':
    case 'const': {
      const allowed = Array.isArray(params['allowedValues']) ? params['allowedValues'] : [params['allowedValue']];
      return { path: error.instancePath, at: 'value', message: `must be one of ${JSON.stringify(allowed)}` };
    }
    default:
      return { path: error.instancePath, at: 'value', message: error.message ?? `breaks ${error.keyword}` };
  }
}
