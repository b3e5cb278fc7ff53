import { type JsonObject, member } from '../json.js';
import { assertRecordName } from '../model/names.js';
import { isAddressText } from '../values/address-text.js';
import { derivedMark } from './details.js';
import { readEnhanced } from './enhanced.js';
import type { PlainContract, PlainContracts } from './plain-contract.js';
import type { PlainFile } from './plain-file.js';
import { addressIn } from './plain-values.js';
import { badAddress, nameTwice, readOnlyForm } from './refuse-plain.js';
import { deleteV1, putV1, readV1 } from './v1.js';
import { deleteV2, putV2, readV2 } from './v2.js';

/** Every contract of the file, and what should be one and is not. */
export function plainContracts(file: PlainFile): PlainContracts {
  const known = read.get(file) ?? readers[file.form](file);
  read.set(file, known);
  return known;
}

/** The contract of a name, null where there is none. Throws NAME_AMBIGUOUS. */
export function findPlain(file: PlainFile, name: string): PlainContract | null {
  const found = plainContracts(file).contracts.filter((each) => each.name === name);
  if (found.length > 1)
    throw nameTwice(
      file,
      name,
      found.map(({ path }) => path),
    );
  return found[0] ?? null;
}

/**
 * The file with this contract (ContractType, bigints tagged) in the place of the one of its name. Reading gives it back as it
 * was put; null in a field that has a meaning is absence. Everything else of the file stays, what others wrote beside the
 * addresses of this contract too. The same file where nothing changes.
 * Throws RECORD_NAME_INVALID, RECORD_INVALID, NAME_AMBIGUOUS, ADDRESS_AMBIGUOUS, BAD_INPUT for a form that is only read.
 */
export function putPlain(file: PlainFile, contract: JsonObject): PlainFile {
  const name = member(contract, 'contractName');
  assertRecordName(typeof name === 'string' ? name : '');
  if (typeof name !== 'string') throw new TypeError('an empty name was let through');
  for (const field of ['address', 'proxyAddress']) {
    const address = addressIn(contract, field) ?? member(contract, field);
    if (typeof address === 'string' && address !== '' && !isAddressText(address))
      throw badAddress(file, name, field, address);
  }
  if (file.form === 'enhanced') throw readOnlyForm(file);
  const put = file.form === 'v1' ? putV1 : putV2;
  return put(file, name, withoutStaleMark(contract, findPlain(file, name)));
}

/** The file without the contract of this name; the same file where there is none. Throws as `putPlain` does. */
export function deletePlain(file: PlainFile, name: string): PlainFile {
  const found = findPlain(file, name);
  if (found === null) return file;
  if (file.form === 'enhanced') throw readOnlyForm(file);
  return file.form === 'v1' ? deleteV1(file, found) : deleteV2(file, name);
}

const readers = { v1: readV1, v2: readV2, enhanced: readEnhanced } as const;
/** A file is read for every contract that is asked for. */
const read = new WeakMap<PlainFile, PlainContracts>();

/** Who reads a contract, gives it a time of its own and puts it back, has not taken that time from the file. */
function withoutStaleMark(contract: JsonObject, there: PlainContract | null): JsonObject {
  const mark = member(contract, derivedMark);
  const same = there !== null && member(there.contract, derivedMark) === mark;
  if (mark === undefined || !same || member(there.contract, 'timestamp') === member(contract, 'timestamp'))
    return contract;
  return Object.fromEntries(Object.entries(contract).filter(([field]) => field !== derivedMark));
}
