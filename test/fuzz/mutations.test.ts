import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import process from 'node:process';
import { describe, it } from 'node:test';
import { inspectFile, lostChecksums } from '../../src/core/inspect/inspect.js';
import { parseNetworkFile } from '../../src/core/model/network-file.js';
import { canonicalFiles } from './canonical-files.js';
import { mutateBytes } from './mutate-bytes.js';
import { sealedNames, whyNotAcceptable } from './oracle.js';
import { random } from './random.js';

const count = Number(process.env['STATEROOT_MUTATIONS'] ?? 100_000);
const seed = Number(process.env['STATEROOT_SEED'] ?? 20_250_813);

type Tally = { refused: number; accepted: number; unchanged: number; lost: number };

describe(`${count} mutations of canonical files (seed ${seed})`, () => {
  const files = canonicalFiles();

  it('begin with files that are accepted', () => {
    for (const { path, bytes } of files) {
      const findings = inspectFile({ path, mode: '100644', bytes });
      assert.deepEqual(
        findings.filter(({ rule }) => rule !== 'section-checksum-legacy'),
        [],
      );
      assert.equal(whyNotAcceptable(bytes), null);
    }
  });

  it('never crash it, and never pass with text that is not canonical or a checksum that is stale', (t) => {
    const chosen = random(seed);
    const tally: Tally = { refused: 0, accepted: 0, unchanged: 0, lost: 0 };
    for (let left = count; left > 0; left -= 1) {
      // Small files mostly: a mutation of a large one costs ten times as much and says the same.
      const base = at(files, chosen.below(20) === 0 ? 3 + chosen.below(files.length - 3) : chosen.below(3));
      const mutant = mutateBytes(base.bytes, at(files, chosen.below(files.length)).bytes, chosen);
      tally[judged(base, mutant)] += 1;
    }
    t.diagnostic(`seed ${seed}: ${JSON.stringify(tally)}`);
    assert.equal(tally.refused + tally.accepted + tally.unchanged + tally.lost, count);
    assert.ok(tally.refused > tally.accepted && tally.accepted > 0 && tally.lost > 0);
  });
});

/** Throws with the mutant in base64, to repeat: `inspectFile({ path, mode: '100644', bytes: Buffer.from(…, 'base64') })`. */
function judged(base: { path: string; bytes: Buffer }, mutant: Buffer): keyof Tally {
  if (mutant.equals(base.bytes)) return 'unchanged';
  const again = `${base.path}, mutant ${mutant.toString('base64')}`;
  const findings = carefully(again, () => inspectFile({ path: base.path, mode: '100644', bytes: mutant }));
  if (findings.some(({ severity }) => severity === 'error')) return 'refused';
  const why = carefully(again, () => whyNotAcceptable(mutant));
  assert.equal(why, null, `accepted although ${why ?? ''}: ${again}`);
  const sealed = new Set(sealedNames(mutant));
  const unsealed = sealedNames(base.bytes).filter((name) => !sealed.has(name));
  if (unsealed.length === 0) return 'accepted';
  const lost = carefully(again, () => lostChecksums(parsed(base.bytes), parsed(mutant), base.path));
  const gone = new Set(unsealed.filter((name) => mutant.includes(`"${name}":`)));
  assert.deepEqual(
    lost.flatMap(({ contract = '' }) => (gone.has(contract) ? [contract] : [])).sort(),
    [...gone].sort(),
    `a checksum went unnoticed: ${again}`,
  );
  return 'lost';
}

function parsed(bytes: Buffer) {
  const read = parseNetworkFile(bytes);
  assert.ok(read.ok);
  return read.file;
}

function carefully<T>(again: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw new Error(`${String(error)}: ${again}`, { cause: error });
  }
}

function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  assert.ok(item !== undefined);
  return item;
}
