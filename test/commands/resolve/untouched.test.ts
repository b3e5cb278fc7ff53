import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { mergeUnmerged } from '../../../src/commands/resolve/open-file.js';
import { isUntouched } from '../../../src/commands/resolve/untouched.js';
import type { UnmergedFile } from '../../../src/ports/unmerged.js';
import { networkText, proxied } from '../../support/deployments.js';
import { tempRepository } from '../../support/temp-repository.js';

const path = 'deployments/unified/bsctestnet.unified.json';

function text(version: string | number, more: readonly string[] = []): string {
  const names = ['Oracle', ...more];
  return networkText('bsctestnet', 97, Object.fromEntries(names.map((name) => [name, proxied(name, version)])));
}

const texts = { base: text(1), ours: text('ours', ['Amain']), theirs: text('theirs', ['Bside']) };

function side(content: string) {
  return { mode: '100644', oid: '', bytes: Buffer.from(content) };
}

function unmerged(worktree: string | null): UnmergedFile {
  const file = worktree === null ? null : { path, mode: '100644', bytes: Buffer.from(worktree) };
  return {
    root: '',
    path,
    base: side(texts.base),
    ours: side(texts.ours),
    theirs: side(texts.theirs),
    worktree: file,
  };
}

const own = mergeUnmerged(unmerged(null));

function untouched(worktree: string | null): boolean {
  return isUntouched(unmerged(worktree), [own]);
}

/** What git's own text merge leaves, in each of its styles. */
function gitMerges(t: { after(run: () => void): void }): string[] {
  const temp = tempRepository(t);
  for (const [name, content] of Object.entries(texts)) temp.write(name, content);
  return [[], ['--diff3'], ['--zdiff3']].map((style) => {
    try {
      return execFileSync('git', ['merge-file', '-p', '-q', ...style, 'ours', 'base', 'theirs'], {
        cwd: temp.path,
        env: temp.env,
        encoding: 'utf8',
        stdio: 'pipe',
      });
    } catch (error) {
      // Its exit code is the number of conflicts.
      return (error as { stdout: string }).stdout;
    }
  });
}

describe('a work-tree file in conflict', () => {
  it('is untouched as git left it, in every style and with either line end', (t) => {
    for (const merged of gitMerges(t)) {
      assert.match(merged, /^<<<<<<< /m);
      assert.ok(untouched(merged));
      assert.ok(untouched(merged.replaceAll('\n', '\r\n')));
    }
  });

  it('is untouched as the merge driver left it, whatever it called the sides', () => {
    const marked = own.marked ?? '';
    assert.match(marked, /^<<<<<<< ours/m);
    assert.ok(untouched(marked));
    assert.ok(untouched(marked.replaceAll('<<<<<<< ours', '<<<<<<< main').replaceAll('>>>>>>> theirs', '>>>>>>> x y')));
  });

  it('is untouched when it is ours, as a driver that failed leaves it, or theirs where ours is gone', () => {
    assert.ok(untouched(texts.ours));
    assert.equal(untouched(texts.theirs), false);
    assert.ok(isUntouched({ ...unmerged(texts.theirs), ours: null }, []));
  });

  it('is somebody else’s work as soon as a value was changed, taken out or put in', (t) => {
    for (const merged of [...gitMerges(t), own.marked ?? '']) {
      const [value = ''] = /"implementation": "0x[0-9a-fA-F]{40}"/.exec(merged) ?? [];
      assert.equal(untouched(merged.replace(value, value.replace(/0x./, '0xF'))), false);
      assert.equal(untouched(merged.replace(`${value},\n`, '\n').replace(value, '')), false);
      assert.equal(untouched(`${merged}// look here\n`), false);
    }
  });

  it('is somebody else’s work when the markers are gone', (t) => {
    for (const merged of gitMerges(t)) {
      const theirs = merged.replaceAll(/^<<<<<<< [\s\S]*?^=======\n([\s\S]*?)^>>>>>>> .*\n/gm, '$1');
      assert.doesNotMatch(theirs, /^<<<<<<<|^=======/m);
      assert.equal(untouched(theirs), false);
      assert.equal(untouched(merged.replaceAll(/^(?:<{7}|\|{7}|={7}|>{7}).*\n/gm, '')), false);
    }
    assert.equal(untouched(texts.base), false);
  });

  it('is somebody else’s work when it was removed', () => {
    assert.equal(untouched(null), false);
    assert.ok(isUntouched({ ...unmerged(null), ours: null, theirs: null }, []));
  });
});
