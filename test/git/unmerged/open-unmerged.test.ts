import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { describe, it } from 'node:test';
import { StateManagerError } from '../../../src/errors.js';
import { openUnmerged } from '../../../src/git/unmerged/open-unmerged.js';
import type { Unmerged, Settlement } from '../../../src/ports/unmerged.js';
import { networkText, proxied } from '../../support/deployments.js';
import { type TempRepository, tempRepository } from '../../support/temp-repository.js';

const folder = 'deployments/unified';
const paths = ['a', 'b'].map((name) => `${folder}/${name}.unified.json`);
const lookAlike = 'vendor/deployments/unified/a.unified.json';

function text(version: string | number): string {
  return networkText('a', 97, { Oracle: proxied('Oracle', version) });
}

async function conflicted(
  t: { after(run: () => void): void },
  options: { objectFormat?: 'sha256' } = {},
): Promise<{ temp: TempRepository; merging: Unmerged }> {
  const temp = tempRepository(t, options);
  const commit = (version: string | number) => {
    for (const path of [...paths, lookAlike]) temp.write(path, text(version));
    temp.commitAll(String(version));
  };
  commit(1);
  temp.git('checkout', '--quiet', '-b', 'side');
  commit('side');
  temp.git('checkout', '--quiet', 'main');
  commit('main');
  spawnSync('git', ['merge', 'side'], { cwd: temp.path, env: temp.env });
  const merging = await openUnmerged(temp.path, { env: temp.env });
  t.after(() => {
    merging.close();
  });
  return { temp, merging };
}

async function settlements(merging: Unmerged): Promise<Settlement[]> {
  const { state } = await merging.unmerged();
  return state.map((file) => ({ kind: 'settle', file, bytes: file.theirs?.bytes ?? null }));
}

function everything(temp: TempRepository): unknown {
  const files = [...paths, lookAlike].map((path) => existsSync(temp.at(path)) && readFileSync(temp.at(path), 'utf8'));
  return [temp.git('ls-files', '--stage'), files, readdirSync(temp.at(folder))];
}

async function refusal(run: Promise<unknown>): Promise<string> {
  try {
    await run;
  } catch (error) {
    if (error instanceof StateManagerError) return error.code;
    throw error;
  }
  return 'none';
}

describe('conflicts of a checkout', () => {
  it('are the three stages of state files; a look-alike in a folder nobody marked is none', async (t) => {
    const { merging } = await conflicted(t);
    const { state, others } = await merging.unmerged();
    assert.deepEqual(
      state.map(({ path }) => path),
      paths,
    );
    assert.deepEqual(others, [lookAlike]);
    const [first] = state;
    const sides = [first?.base, first?.ours, first?.theirs].map((side) =>
      Buffer.from(side?.bytes ?? []).toString('utf8'),
    );
    assert.deepEqual(sides, [text(1), text('main'), text('side')]);
    assert.match(Buffer.from(first?.worktree?.bytes ?? []).toString('utf8'), /^<<<<<<< /m);
  });

  for (const objectFormat of [undefined, 'sha256'] as const) {
    it(`are settled and amended with ${objectFormat ?? 'sha1'} objects`, async (t) => {
      const { temp, merging } = await conflicted(t, objectFormat === undefined ? {} : { objectFormat });
      const [a, b] = (await merging.unmerged()).state;
      assert.ok(a !== undefined && b !== undefined);
      await merging.write([
        { kind: 'settle', file: a, bytes: null },
        { kind: 'amend', file: b, base: Buffer.from(text(9)), text: 'marked\n' },
      ]);
      assert.equal(existsSync(temp.at(a.path)), false);
      assert.equal(temp.git('ls-files', '--', a.path), '');
      const { state } = await merging.unmerged();
      assert.deepEqual(
        state.map(({ path, worktree }) => [path, Buffer.from(worktree?.bytes ?? []).toString('utf8')]),
        [[b.path, 'marked\n']],
      );
      assert.equal(Buffer.from(state[0]?.base?.bytes ?? []).toString('utf8'), text(9));
      assert.equal(state[0]?.ours?.oid, b.ours?.oid);
      await merging.write(state.map((file) => ({ kind: 'amend', file, base: null, text: null })));
      assert.equal((await merging.unmerged()).state[0]?.base, null);
      assert.deepEqual(readdirSync(temp.at(folder)), ['b.unified.json']);
    });
  }

  const races: [string, string, (temp: TempRepository) => void][] = [
    [
      'RACED',
      'when a file was edited since',
      (temp) => {
        temp.write(paths[1] ?? '', 'edited\n');
      },
    ],
    [
      'RACED',
      'when a file was staged since',
      (temp) => {
        temp.git('add', paths[1] ?? '');
      },
    ],
    [
      'RACED',
      'when the merge was given up',
      (temp) => {
        temp.git('merge', '--abort');
      },
    ],
    [
      'BUSY',
      "when git's index is locked",
      (temp) => {
        temp.write('.git/index.lock', '');
      },
    ],
    [
      'FILE_FAILED',
      'when a folder on the way is a link',
      (temp) => {
        spawnSync('mv', ['deployments', 'elsewhere'], { cwd: temp.path });
        symlinkSync('elsewhere', temp.at('deployments'));
      },
    ],
  ];
  for (const [code, when, change] of races) {
    it(`are left as they are ${when}`, async (t) => {
      const { temp, merging } = await conflicted(t);
      const wanted = await settlements(merging);
      change(temp);
      const before = everything(temp);
      assert.equal(await refusal(merging.write(wanted)), code);
      assert.deepEqual(everything(temp), before);
    });
  }
});
