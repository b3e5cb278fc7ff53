import { writeSync } from 'node:fs';
import process from 'node:process';
import { put } from '../../src/commands/put.js';
import { sync } from '../../src/commands/sync.js';
import { StateManagerError } from '../../src/errors.js';
import { openMerges } from '../../src/git/merge/open-merges.js';
import { openChanges } from '../../src/git/open-changes.js';
import { openRemotes } from '../../src/git/remotes.js';
import { openRepository } from '../../src/git/open-repository.js';

/** One clone: `writer <letter> <writes>`. Writes and syncs each time; one line of JSON for each sync, how it ended. */
const [letter = 'A', writes = '1'] = process.argv.slice(2);
const folder = process.cwd();
const clone = {
  repository: await openRepository(folder),
  merges: await openMerges(folder),
  remotes: await openRemotes(folder),
  changes: openChanges(folder),
};
const networks = ['bscmainnet', 'bsctestnet', 'basesepolia'];
for (let i = 0; i < Number(writes); i += 1) {
  const name = `${letter}${i}`;
  const implementation = `0x${Buffer.from(name).toString('hex').padStart(40, '0')}`;
  const request = {
    network: networks[i % networks.length] ?? '',
    name,
    set: [{ path: 'implementation', value: implementation }],
  };
  const written = await put(clone.repository, request, {
    target: { kind: 'head', allowDetached: false },
    dryRun: false,
  });
  report({ name, commit: written.commit, ...(await synced()) });
}
await clone.repository.close();
clone.changes.close();
clone.merges.close();

async function synced(): Promise<{ attempts: number; ended: string }> {
  try {
    return { attempts: (await sync(clone, { dryRun: false })).attempts, ended: 'synced' };
  } catch (error) {
    if (!(error instanceof StateManagerError)) throw error;
    const { attempts } = error.details;
    return { attempts: typeof attempts === 'number' ? attempts : 1, ended: `${error.code}: ${error.message}` };
  }
}

function report(line: unknown): void {
  writeSync(1, `${JSON.stringify(line)}\n`);
}
