import type { Json } from '../json.js';
import { type FieldForm, knownFields } from '../model/fields.js';
import { type PlacedRecord, unionOf } from '../model/placed-record.js';
import { pointer } from '../text/pointer.js';
import { type AddressProblem, addressProblem, checksumAddress } from '../values/address.js';
import { hashProblem } from '../values/hash.js';
import { type Complaint, shownValue } from './complaint.js';

/** The values of known fields, wherever they stand: null, addresses, hashes, times (FORMAT §4, §6). */
export function inspectFields(record: PlacedRecord): Complaint[] {
  const union = unionOf(record);
  const complaints = [...union].flatMap(([field, { value, at }]): Complaint[] => {
    const form = knownFields.get(field)?.form;
    if (form === undefined) return [];
    const found = value === null ? isNull : judge(form, value);
    if (found === null) return [];
    const path = (at === 'entry' ? record.entryPath : record.extendedPath) + pointer(field);
    const [rule, problem] = found;
    return [{ rule, path, contract: record.name, message: `${record.name}: ${field} is ${problem}` }];
  });
  return [...complaints, ...sameAddress(record, union)];
}

type Judgement = readonly [rule: string, problem: string];

const isNull: Judgement = ['field-null', 'null; leave the field out while it is unknown'];

function judge(form: FieldForm, value: Json): Judgement | null {
  if (form === 'address') return judgeAddress(value);
  if (form === 'hash') return judgeHash(value);
  if (form === 'timestamp') return judgeTime(value);
  return null;
}

const addressProblems: Readonly<Record<AddressProblem, (shown: string, value: string) => string>> = {
  'address-format': (shown) => `${shown}, not an address of 0x and 40 hexadecimal digits`,
  'address-hash': (shown) => `${shown}, a hash; its place is implementationHash`,
  'address-zero': () => 'the zero address; leave the field out while it is unknown',
  'address-case': (shown, value) => `${shown}, in EIP-55 form ${checksumAddress(value)}`,
  'address-checksum': (shown) => `${shown}, whose mixed case is not its EIP-55 form: a digit may be wrong`,
};

function judgeAddress(value: Json): Judgement | null {
  const problem = addressProblem(value);
  return problem === null
    ? null
    : [problem, addressProblems[problem](shownValue(value), typeof value === 'string' ? value : '')];
}

function judgeHash(value: Json): Judgement | null {
  const problem = hashProblem(value);
  if (problem === null) return null;
  const why = problem === 'hash-case' ? 'with upper-case digits' : 'not 0x and 64 lower-case hexadecimal digits';
  return [problem, `${shownValue(value)}, ${why}`];
}

const lastTime = 99_999_999_999_999;
const firstPlausibleTime = 1_000_000_000_000;

function judgeTime(value: Json): Judgement | null {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > lastTime) {
    return ['timestamp-range', `${shownValue(value)}, not milliseconds since 1970 (0 to ${lastTime})`];
  }
  return value < firstPlausibleTime
    ? ['timestamp-unit', `${value}, which looks like seconds; it is milliseconds`]
    : null;
}

function sameAddress(record: PlacedRecord, union: ReturnType<typeof unionOf>): Complaint[] {
  const proxy = union.get('proxy');
  const implementation = union.get('implementation')?.value;
  if (typeof proxy?.value !== 'string' || typeof implementation !== 'string') return [];
  if (proxy.value.toLowerCase() !== implementation.toLowerCase()) return [];
  const path = (proxy.at === 'entry' ? record.entryPath : record.extendedPath) + pointer('proxy');
  const message = `${record.name} has ${proxy.value} as proxy and as implementation; a plain contract has no proxy`;
  return [{ rule: 'address-same', path, contract: record.name, message }];
}
