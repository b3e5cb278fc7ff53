import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { type TestContext, describe, it } from 'node:test';
import { networkFilePath, unifiedFolder } from '../../src/core/layout.js';
import { StateManagerError } from '../../src/errors.js';
import type { CommitPlan, Place, StateRepository, WriteIntent, WriteTarget } from '../../src/ports/state-repository.js';

/** A fresh repository of SHA-1 objects with `files` committed on `main`; without files, an unborn `main`. Cleans up after `t`. */
export type RepositoryFactory = (
  t: TestContext,
  files: Readonly<Record<string, string>>,
  root?: string,
) => Promise<StateRepository>;

const a = networkFilePath('', 'alpha');
const b = networkFilePath('', 'beta');

/** What every StateRepository keeps, in memory and in git. */
export function stateRepositorySuite(name: string, open: RepositoryFactory): void {
  describe(`${name}: reading`, () => {
    it('an unborn HEAD has a branch, no commit and no files', async (t) => {
      const repository = await open(t, {});
      assert.deepEqual(await repository.head(), { branch: 'refs/heads/main', commit: null });
      for (const place of ['worktree', 'index'] as const) assert.deepEqual(await contents(repository, place), {});
      assert.deepEqual(await repository.roots('worktree'), ['']);
      await assert.rejects(repository.resolve('HEAD'), hasCode('UNKNOWN_REVISION'));
    });

    it('work tree, index and commit agree on a clean checkout', async (t) => {
      const repository = await open(t, { [a]: '1\n', [b]: '2\n' });
      const commit = await repository.resolve('HEAD');
      for (const place of ['worktree', 'index', { commit }] as const) {
        assert.deepEqual(await contents(repository, place), { [a]: '1\n', [b]: '2\n' });
      }
    });

    it('a tree lists the state files of its root only and reads them in the order asked', async (t) => {
      const elsewhere = networkFilePath('packages/contracts', 'alpha');
      const config = 'packages/contracts/stateroot.config.json';
      const repository = await open(t, {
        [a]: '1\n',
        [b]: '2\n',
        'README.md': 'x\n',
        [elsewhere]: '3\n',
        [config]: '{}\n',
      });
      for (const place of await everywhere(repository)) {
        const tree = await repository.at(place);
        assert.deepEqual(await tree.paths(), [a, b]);
        assert.deepEqual(
          (await tree.read([b, networkFilePath('', 'gone'), a])).map(({ path, mode }) => [path, mode]),
          [b, a].map((path) => [path, '100644']),
        );
        assert.deepEqual(await repository.roots(place), ['', 'packages/contracts']);
        const below = await repository.forRoot('packages/contracts').at(place);
        assert.deepEqual(await below.paths(), [elsewhere, config]);
      }
    });

    it('the oid of a file is that of its content, or not known', async (t) => {
      const config = 'stateroot.config.json';
      const repository = await open(t, { [a]: '1\n', [b]: '2\n', [config]: '{}\n', 'README.md': 'x\n' });
      const own = [a, b, config].map((path, i) => [path, blobOid(['1\n', '2\n', '{}\n'][i] ?? '')]);
      for (const place of await everywhere(repository)) assert.deepEqual([...(await repository.oids(place))], own);
      await repository.replaceInWorktree(new Map([[a, '3\n']]));
      const edited = await repository.oids('worktree');
      assert.ok([null, blobOid('3\n')].includes(edited.get(a) ?? null));
      assert.deepEqual([...edited.keys()], [a, b, config]);
      assert.equal(edited.get(b), blobOid('2\n'));
      assert.equal((await repository.oids('index')).get(a), blobOid('1\n'));
      assert.deepEqual([...(await repository.forRoot('packages/contracts').oids('worktree'))], []);
    });

    it('a tree knows strays among the network files and the manifests beside them', async (t) => {
      const folder = unifiedFolder('');
      const strays = [`${folder}/backups/alpha.unified.json.backup`, `${folder}/alpha.unified.backup-1.json`];
      const manifest = '.openzeppelin/bsc.json';
      const repository = await open(t, {
        [a]: '1\n',
        [`${folder}/.gitkeep`]: '',
        [manifest]: '{}\n',
        '.openzeppelin/deeper/bsc.json': '{}\n',
        ...Object.fromEntries(strays.map((path) => [path, 'x'])),
      });
      for (const place of await everywhere(repository)) {
        const tree = await repository.at(place);
        assert.deepEqual(await tree.strays(), [...strays].sort());
        assert.deepEqual(
          (await tree.manifests()).map(({ path, bytes }) => [path, Buffer.from(bytes).toString()]),
          [[manifest, '{}\n']],
        );
      }
      const below = await repository.forRoot('packages/contracts').at('worktree');
      assert.deepEqual([await below.strays(), await below.manifests()], [[], []]);
    });

    it('a commit gives a file that is known already as the very same one', async (t) => {
      const repository = await open(t, { [a]: '1\n', [b]: '2\n' });
      const known = new Map([a, b].map((path) => [path, { path, mode: '100644', bytes: Buffer.from('1\n') }]));
      const tree = await repository.at({ commit: await repository.resolve('HEAD') });
      const [first, second] = await tree.read([a, b], known);
      assert.equal(first, known.get(a));
      assert.equal(Buffer.from(second?.bytes ?? []).toString(), '2\n');
    });

    it('a tree of a commit says which; work tree and index say none', async (t) => {
      const repository = await open(t, { [a]: '1\n' });
      const commit = await repository.resolve('HEAD');
      assert.equal((await repository.at({ commit })).commit, commit);
      assert.equal((await repository.at('worktree')).commit, null);
      assert.equal((await repository.at('index')).commit, null);
    });

    it('revisions resolve to full oids: HEAD, branch, parent, short oid, date', async (t) => {
      const repository = await open(t, { [a]: '1\n' });
      const first = await repository.resolve('HEAD');
      const [second] = (await put(repository, { [a]: '2\n' })).commits;
      assert.match(first, /^[0-9a-f]{40}$/);
      assert.equal(await repository.resolve('HEAD'), second);
      assert.equal(await repository.resolve('main'), second);
      assert.equal(await repository.resolve('HEAD~1'), first);
      assert.equal(await repository.resolve('main^'), first);
      assert.equal(await repository.resolve(first.slice(0, 10)), first);
      assert.equal(await repository.resolve('2090-01-01'), second);
    });

    for (const revision of ['gone', 'HEAD~9', '', '0000000', '--all', 'HEAD:README.md', '1999-01-01']) {
      it(`the revision ${JSON.stringify(revision)} is unknown`, async (t) => {
        const repository = await open(t, { [a]: '1\n' });
        await assert.rejects(repository.resolve(revision), hasCode('UNKNOWN_REVISION'));
      });
    }

    it("blobs answer by git's own oids, and a missing one is refused", async (t) => {
      const repository = await open(t, { [a]: '1\n', [b]: '2\n' });
      const oids = ['1\n', '2\n'].map(blobOid);
      const blobs = await repository.blobs(oids);
      assert.deepEqual(
        oids.map((oid) => text(blobs.get(oid))),
        ['1\n', '2\n'],
      );
      await assert.rejects(repository.blobs([...oids, blobOid('never')]), hasCode('GIT_FAILED'));
    });
  });

  describe(`${name}: writing`, () => {
    it('the first write makes a root commit and the branch', async (t) => {
      const repository = await open(t, {});
      const { commits, ref } = await put(repository, { [a]: '1\n' }, 'state(alpha): deploy X\n\nbody\n');
      assert.equal(commits.length, 1);
      assert.equal(ref, 'refs/heads/main');
      assert.deepEqual(await repository.head(), { branch: 'refs/heads/main', commit: commits[0] });
      const entry = await repository.commit(await repository.resolve('HEAD'));
      assert.deepEqual(entry.parents, []);
      assert.deepEqual(entry.changes, [[{ path: a, before: null, after: blobOid('1\n') }]]);
      assert.equal(entry.message.trim(), 'state(alpha): deploy X\n\nbody');
    });

    it('a write on a history has its base as parent, and every place sees it', async (t) => {
      const repository = await open(t, { [a]: '1\n' });
      const base = await repository.resolve('HEAD');
      const { commits } = await put(repository, { [a]: '2\n', [b]: 'new\n' });
      const [commit = ''] = commits;
      assert.equal(await repository.resolve('HEAD'), commit);
      const entry = await repository.commit(commit);
      assert.deepEqual(entry.parents, [base]);
      assert.deepEqual(entry.changes, [
        [
          { path: a, before: blobOid('1\n'), after: blobOid('2\n') },
          { path: b, before: null, after: blobOid('new\n') },
        ],
      ]);
      for (const place of ['worktree', 'index', { commit }] as const) {
        assert.deepEqual(await contents(repository, place), { [a]: '2\n', [b]: 'new\n' });
      }
    });

    it('null removes a file everywhere', async (t) => {
      const repository = await open(t, { [a]: '1\n', [b]: '2\n' });
      await put(repository, { [b]: null });
      for (const place of await everywhere(repository))
        assert.deepEqual(await contents(repository, place), { [a]: '1\n' });
    });

    it('the plan sees the base tree', async (t) => {
      const repository = await open(t, { [a]: '1\n' });
      const base = await repository.resolve('HEAD');
      let seen: unknown;
      await repository.write(
        intent(async (tree) => {
          seen = [tree.commit, await tree.paths(), (await tree.read([a])).map(({ bytes }) => text(bytes))];
          return [];
        }),
      );
      assert.deepEqual(seen, [base, [a], ['1\n']]);
    });

    it('the plan of an unborn branch sees an empty tree', async (t) => {
      const repository = await open(t, {});
      let seen: unknown;
      await repository.write(
        intent(async (tree) => {
          seen = [tree.commit, await tree.paths()];
          return [];
        }),
      );
      assert.deepEqual(seen, [null, []]);
    });

    it('an empty plan makes no commit', async (t) => {
      const repository = await open(t, { [a]: '1\n' });
      const base = await repository.resolve('HEAD');
      const { commits } = await repository.write(intent(() => Promise.resolve([])));
      assert.deepEqual(commits, []);
      assert.equal(await repository.resolve('HEAD'), base);
    });

    it('several plans are a chain of commits, oldest first', async (t) => {
      const repository = await open(t, { [a]: '1\n' });
      const base = await repository.resolve('HEAD');
      const plans = [plan({ [a]: '2\n' }, 'one'), plan({ [b]: '3\n' }, 'two')];
      const { commits } = await repository.write(intent(() => Promise.resolve(plans)));
      const entries = await Promise.all(commits.map((oid) => repository.commit(oid)));
      assert.deepEqual(
        entries.map((entry) => [entry.parents, entry.message.trim(), entry.changes.flat().map(({ path }) => path)]),
        [
          [[base], 'one', [a]],
          [[commits[0]], 'two', [b]],
        ],
      );
      assert.equal(await repository.resolve('HEAD'), commits[1]);
    });

    it('a dry run plans and writes nothing', async (t) => {
      const repository = await open(t, { [a]: '1\n' });
      const base = await repository.resolve('HEAD');
      let planned = false;
      const dry = intent(() => {
        planned = true;
        return Promise.resolve([plan({ [a]: '2\n' })]);
      });
      assert.deepEqual((await repository.write({ ...dry, dryRun: true })).commits, []);
      assert.ok(planned);
      assert.equal(await repository.resolve('HEAD'), base);
      for (const place of await everywhere(repository))
        assert.deepEqual(await contents(repository, place), { [a]: '1\n' });
    });

    it('a plan that throws changes nothing, and the next write works', async (t) => {
      const repository = await open(t, { [a]: '1\n' });
      const base = await repository.resolve('HEAD');
      const failure = new StateManagerError('BAD_INPUT', 'no');
      await assert.rejects(repository.write(intent(() => Promise.reject(failure))), hasCode('BAD_INPUT'));
      assert.equal(await repository.resolve('HEAD'), base);
      for (const place of await everywhere(repository))
        assert.deepEqual(await contents(repository, place), { [a]: '1\n' });
      assert.equal((await put(repository, { [a]: '2\n' })).commits.length, 1);
    });

    it('a new branch holds the commit and leaves HEAD, index and work tree alone', async (t) => {
      const repository = await open(t, { [a]: '1\n' });
      const base = await repository.resolve('HEAD');
      const { commits, ref } = await put(repository, { [a]: '2\n' }, 'm', branch('refs/heads/state/x', true));
      const [commit = ''] = commits;
      assert.equal(ref, 'refs/heads/state/x');
      assert.equal(await repository.resolve('state/x'), commit);
      assert.deepEqual((await repository.commit(commit)).parents, [base]);
      assert.deepEqual(await repository.head(), { branch: 'refs/heads/main', commit: base });
      assert.deepEqual(await contents(repository, { commit }), { [a]: '2\n' });
      for (const place of ['worktree', 'index'] as const)
        assert.deepEqual(await contents(repository, place), { [a]: '1\n' });
    });

    it('an existing branch is extended from its own tip', async (t) => {
      const repository = await open(t, { [a]: '1\n' });
      const first = await put(repository, { [a]: '2\n' }, 'm', branch('refs/heads/x', true));
      const second = await put(repository, { [b]: '3\n' }, 'm', branch('refs/heads/x', false));
      const [commit = ''] = second.commits;
      assert.deepEqual((await repository.commit(commit)).parents, first.commits);
      assert.deepEqual(await contents(repository, { commit }), { [a]: '2\n', [b]: '3\n' });
    });

    it('creating a branch that exists is refused, with nothing changed', async (t) => {
      const repository = await open(t, { [a]: '1\n' });
      const { commits } = await put(repository, { [a]: '2\n' }, 'm', branch('refs/heads/x', true));
      await assert.rejects(
        put(repository, { [a]: '3\n' }, 'm', branch('refs/heads/x', true)),
        hasCode('BRANCH_EXISTS'),
      );
      assert.equal(await repository.resolve('x'), commits[0]);
    });

    it('an empty plan makes no branch', async (t) => {
      const repository = await open(t, { [a]: '1\n' });
      await repository.write({ ...intent(() => Promise.resolve([])), target: branch('refs/heads/x', true) });
      await assert.rejects(repository.resolve('x'), hasCode('UNKNOWN_REVISION'));
    });

    it('a write over edits that are not committed is refused and keeps them', async (t) => {
      const repository = await open(t, { [a]: '1\n', [b]: '2\n' });
      await repository.replaceInWorktree(new Map([[a, 'mine\n']]));
      await assert.rejects(put(repository, { [a]: '3\n' }), hasCode('UNCOMMITTED_EDITS'));
      assert.deepEqual(await contents(repository, 'worktree'), { [a]: 'mine\n', [b]: '2\n' });
      assert.equal((await put(repository, { [b]: '3\n' })).commits.length, 1);
      assert.deepEqual(await contents(repository, 'worktree'), { [a]: 'mine\n', [b]: '3\n' });
    });

    it('replaceInWorktree changes the work tree only', async (t) => {
      const repository = await open(t, { [a]: '1\n' });
      const commit = await repository.resolve('HEAD');
      await repository.replaceInWorktree(new Map([[a, 'edited\n']]));
      assert.deepEqual(await contents(repository, 'worktree'), { [a]: 'edited\n' });
      assert.deepEqual(await contents(repository, 'index'), { [a]: '1\n' });
      assert.deepEqual(await contents(repository, { commit }), { [a]: '1\n' });
      assert.equal(await repository.resolve('HEAD'), commit);
    });

    it('a state root below the repository root is written like one at the top', async (t) => {
      const root = 'packages/contracts';
      const file = networkFilePath(root, 'alpha');
      const repository = await open(t, { [`${root}/stateroot.config.json`]: '{}\n', 'README.md': 'x\n' }, root);
      const { commits } = await put(repository, { [file]: '1\n' });
      const [commit = ''] = commits;
      assert.deepEqual(await (await repository.at({ commit })).paths(), [file, `${root}/stateroot.config.json`]);
      assert.deepEqual(await repository.roots({ commit }), [root]);
    });
  });

  describe(`${name}: history`, () => {
    it('lists the commits that changed a path, newest first, with their changes to it', async (t) => {
      const repository = await open(t, { [a]: '1\n' });
      const first = await repository.resolve('HEAD');
      const second = await tip(put(repository, { [b]: '1\n' }));
      const third = await tip(put(repository, { [a]: '2\n', [b]: '2\n' }));
      const history = await repository.history({ from: third, paths: [a] });
      assert.deepEqual(
        history.map(({ oid }) => oid),
        [third, first],
      );
      assert.deepEqual(
        history[0]?.changes.map((changes) => changes.map(({ path }) => path)),
        [[a]],
      );
      const folder = await repository.history({ from: third, paths: [unifiedFolder('')] });
      assert.deepEqual(
        folder.map(({ oid }) => oid),
        [third, second, first],
      );
      assert.deepEqual(await repository.history({ from: second, paths: [networkFilePath('', 'gone')] }), []);
    });

    it('knows a removed file and stops at the limit', async (t) => {
      const repository = await open(t, { [a]: '1\n', [b]: '2\n' });
      const removed = await tip(put(repository, { [a]: null }));
      const [entry, ...rest] = await repository.history({ from: removed, paths: [a], limit: 1 });
      assert.equal(entry?.oid, removed);
      assert.deepEqual(entry.changes, [[{ path: a, before: blobOid('1\n'), after: null }]]);
      assert.deepEqual(rest, []);
    });

    it('an entry says who, when and why', async (t) => {
      const repository = await open(t, {});
      const [entry] = await repository.history({ from: await tip(put(repository, { [a]: '1\n' }, 'why')), paths: [a] });
      assert.ok(entry !== undefined);
      assert.ok(entry.author.length > 0);
      assert.match(entry.email, /@/);
      assert.ok(entry.time > Date.UTC(2020, 0), 'milliseconds, not seconds');
      assert.equal(entry.message.trim(), 'why');
    });

    it('plans that come one at a time are committed in their order', async (t) => {
      const repository = await open(t, { [a]: '1\n' });
      const { commits } = await repository.write(
        intent(() => Promise.resolve(oneByOne([plan({ [a]: '2\n' }, 'first'), plan({ [b]: 'ü\n' }, 'second\n\nwhy')]))),
      );
      assert.equal(commits.length, 2);
      const [first, second] = await Promise.all(commits.map((oid) => repository.commit(oid)));
      assert.deepEqual([first?.message.trim(), second?.message.trim()], ['first', 'second\n\nwhy']);
      assert.deepEqual(second?.parents, [commits[0]]);
      assert.deepEqual(await contents(repository, 'worktree'), { [a]: '2\n', [b]: 'ü\n' });
    });

    it('plans of which a later one cannot be made write nothing', async (t) => {
      const repository = await open(t, { [a]: '1\n' });
      const before = await repository.resolve('HEAD');
      const plans = oneByOne([plan({ [a]: '2\n' })], new Error('no more'));
      await assert.rejects(repository.write(intent(() => Promise.resolve(plans))), /no more/);
      assert.equal(await repository.resolve('HEAD'), before);
      assert.deepEqual(await contents(repository, 'worktree'), { [a]: '1\n' });
    });

    it('no plans of many are no commit', async (t) => {
      const repository = await open(t, { [a]: '1\n' });
      assert.deepEqual((await repository.write(intent(() => Promise.resolve(oneByOne([]))))).commits, []);
    });

    it('the merge base of two branches is where they parted', async (t) => {
      const repository = await open(t, { [a]: '1\n' });
      const base = await repository.resolve('HEAD');
      const ours = await tip(put(repository, { [a]: '2\n' }));
      const theirs = await tip(put(repository, { [b]: '3\n' }, 'm', branch('refs/heads/x', true)));
      const side = await tip(put(repository, { [b]: '4\n' }, 'm', branch('refs/heads/x', false)));
      assert.equal(await repository.mergeBase(ours, side), ours);
      assert.equal(await repository.mergeBase(base, side), base);
      const later = await tip(put(repository, { [a]: '5\n' }));
      assert.equal(await repository.mergeBase(later, theirs), ours);
    });
  });
}

function branch(ref: string, create: boolean): WriteTarget {
  return { kind: 'branch', ref, create };
}

function intent(run: WriteIntent['plan']): WriteIntent {
  return { operation: 'test', target: { kind: 'head', allowDetached: false }, plan: run };
}

function plan(files: Readonly<Record<string, string | null>>, message = 'Write'): CommitPlan {
  return { files: new Map(Object.entries(files)), message };
}

async function* oneByOne(plans: readonly CommitPlan[], error?: Error): AsyncGenerator<CommitPlan> {
  for (const one of plans) yield await Promise.resolve(one);
  if (error !== undefined) throw error;
}

function put(
  repository: StateRepository,
  files: Readonly<Record<string, string | null>>,
  message = 'Write',
  target?: WriteTarget,
) {
  const write = intent(() => Promise.resolve([plan(files, message)]));
  return repository.write(target === undefined ? write : { ...write, target });
}

async function tip(written: ReturnType<typeof put>): Promise<string> {
  const last = (await written).commits.at(-1);
  assert.ok(last !== undefined, 'something was committed');
  return last;
}

async function everywhere(repository: StateRepository): Promise<Place[]> {
  return ['worktree', 'index', { commit: await repository.resolve('HEAD') }];
}

async function contents(repository: StateRepository, place: Place): Promise<Record<string, string>> {
  const tree = await repository.at(place);
  const files = await tree.read(await tree.paths());
  return Object.fromEntries(files.map(({ path, bytes }) => [path, text(bytes)]));
}

function text(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString('utf8');
}

function blobOid(content: string): string {
  return createHash('sha1')
    .update(`blob ${Buffer.byteLength(content)}\0${content}`)
    .digest('hex');
}

function hasCode(code: string): (error: unknown) => boolean {
  return (error) => error instanceof StateManagerError && error.code === code;
}
