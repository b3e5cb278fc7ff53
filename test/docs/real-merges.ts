import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importAddresses } from '../../src/commands/import-addresses.js';
import type { Conflict } from '../../src/core/merge/conflict.js';
import { mergeStateFile } from '../../src/core/merge/merge-state-file.js';
import { parseNetworkFile, recordsOf } from '../../src/core/model/network-file.js';
import { identityAddress } from '../../src/core/model/fields.js';
import { networkFilePath } from '../../src/core/layout.js';
import { memoryRepository } from '../support/memory-repository.js';

/** Name → address, addresses in EIP-55 form. */
export type Addresses = ReadonlyMap<string, string>;

/** One real merge: what went in, what git's text merge and the merge by record make of it, and what people committed. */
export type RealMerge = {
  readonly name: string;
  readonly base: Addresses;
  readonly ours: Addresses;
  readonly theirs: Addresses;
  /** Conflicts of `git merge-file`. */
  readonly textConflicts: number;
  readonly merged: Addresses;
  readonly conflicts: readonly Conflict[];
  /** Null where what was committed is no JSON. */
  readonly human: Addresses | null;
};

const path = networkFilePath('', 'example');

/** Every case of a folder of merges, by name. */
export async function realMerges(folder: string): Promise<RealMerge[]> {
  const cases = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const names = cases.map(({ name }) => name).sort();
  return Promise.all(names.map((name) => realMerge(name, join(folder, name))));
}

async function realMerge(name: string, folder: string): Promise<RealMerge> {
  const [base, ours, theirs] = await Promise.all(
    ['base', 'ours', 'theirs'].map((side) => imported(join(folder, `${side}.json`))),
  );
  const merged = mergeStateFile(path, { base: base ?? null, ours: ours ?? null, theirs: theirs ?? null });
  const human = await imported(join(folder, 'human.json')).catch(() => null);
  return {
    name,
    base: addressesOf(base ?? null),
    ours: addressesOf(ours ?? null),
    theirs: addressesOf(theirs ?? null),
    textConflicts: textConflicts(folder),
    merged: addressesOf(merged.bytes),
    conflicts: merged.conflicts,
    human: human === null ? null : addressesOf(human),
  };
}

/** The network file that one map makes in an empty repository; null where there is no map. */
async function imported(file: string): Promise<Uint8Array | null> {
  if (!existsSync(file)) return null;
  const repository = memoryRepository({ README: 'empty\n' });
  const { data } = await importAddresses(repository, {
    files: [{ name: 'example.json', path: 'example.json', bytes: readFileSync(file) }],
    network: 'example',
    chainId: 999_001,
    here: true,
    allowDetached: false,
    strict: true,
    dryRun: false,
  });
  const [state] = await (await repository.at({ commit: data.commits.at(-1) ?? '' })).read([path]);
  return state?.bytes ?? null;
}

function addressesOf(bytes: Uint8Array | null): Addresses {
  if (bytes === null) return new Map();
  const parsed = parseNetworkFile(bytes);
  if (!parsed.ok) throw new Error(`the merged file cannot be read: ${parsed.refusal.message}`);
  return new Map(
    recordsOf(parsed.file).flatMap(({ name, fields }) => {
      const address = identityAddress(fields);
      return typeof address === 'string' ? [[name, address] as const] : [];
    }),
  );
}

/** How many conflicts git's text merge of the original files leaves. */
function textConflicts(folder: string): number {
  const base = join(folder, 'base.json');
  const sides = [join(folder, 'ours.json'), existsSync(base) ? base : '/dev/null', join(folder, 'theirs.json')];
  const { stdout } = spawnSync('git', ['merge-file', '-p', ...sides], { encoding: 'utf8' });
  return stdout.split('\n').filter((line) => line.startsWith('<<<<<<< ')).length;
}
