import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import { Script } from 'node:vm';
import { crc32 } from 'node:zlib';

/** What the text of a program finds as names: those of a CommonJS module, and `import()` of whoever runs it. */
export type ProgramScope = {
  readonly require: NodeJS.Require;
  readonly __import: (specifier: string) => Promise<unknown>;
};

type Program = (
  exports: object,
  require: NodeJS.Require,
  module: object,
  __filename: string,
  __dirname: string,
  __import: ProgramScope['__import'],
) => void;

const checkLength = 4;

/**
 * Runs a bundled program (CommonJS, ASCII). `place` holds what V8 made of exactly this text in an earlier run: compiling
 * it again takes half the time of a short verb. Where nothing usable is there, a run that ends well leaves it; null: never.
 */
export function runProgram(file: string, place: string | null, scope: ProgramScope): void {
  const text = readFileSync(file);
  const kept = place === null ? undefined : readKept(place, text);
  const wrapped = `(function (exports, require, module, __filename, __dirname, __import) {${text.toString('latin1')}\n})`;
  const script = new Script(wrapped, { filename: file, ...(kept === undefined ? {} : { cachedData: kept }) });
  if (place !== null && (kept === undefined || script.cachedDataRejected === true)) {
    process.once('exit', (code) => {
      if (code === 0) keep(place, text, script);
    });
  }
  const module = { exports: {} };
  const run = script.runInThisContext() as Program;
  run(module.exports, scope.require, module, file, dirname(file), scope.__import);
}

/** V8 compares no more than the length of the text, and trusts the bytes it is given: both are proven here first. */
function readKept(place: string, text: Buffer): Buffer | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(place);
  } catch {
    return undefined;
  }
  const data = bytes.subarray(checkLength);
  return bytes.subarray(0, checkLength).equals(checkOf(text, data)) ? data : undefined;
}

/** Written aside and renamed: other processes read it meanwhile. */
function keep(place: string, text: Buffer, script: Script): void {
  const aside = `${place}.${process.pid}`;
  let descriptor: number;
  try {
    mkdirSync(dirname(place), { recursive: true });
    descriptor = openSync(aside, 'wx');
  } catch {
    // An installation that this user cannot write to stays without.
    return;
  }
  try {
    const data = script.createCachedData();
    writeFileSync(descriptor, Buffer.concat([checkOf(text, data), data]));
    closeSync(descriptor);
    renameSync(aside, place);
  } catch {
    // Nothing was asked for that could fail: the next run tries again.
    rmSync(aside, { force: true });
  }
}

/** As node's own compile cache tells its files: by CRC-32, which needs nothing that a short run would not load anyway. */
function checkOf(text: Buffer, data: Buffer): Buffer {
  const check = Buffer.alloc(checkLength);
  check.writeUInt32LE(crc32(data, crc32(text)));
  return check;
}
