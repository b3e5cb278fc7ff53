import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type DiffRequest, diffRange } from '../../src/commands/diff.js';
import { networkFilePath } from '../../src/core/layout.js';
import { StateManagerError } from '../../src/errors.js';
import { address, type Contract, proxied, stateFiles } from '../support/deployments.js';
import { type MemoryRepository, memoryRepository } from '../support/memory-repository.js';

function alpha(a: Contract): Record<string, string> {
  return stateFiles({ alpha: { chainId: 7, contracts: { A: a } } });
}

async function kinds(repository: MemoryRepository, range?: string): Promise<string[]> {
  const { networks } = await diffRange(repository, { range });
  return networks.flatMap(({ network, contracts }) => contracts.map(({ name, kind }) => `${kind} ${network}/${name}`));
}

describe('diff', () => {
  it('is HEAD against the work tree without a range', async () => {
    const repository = memoryRepository(alpha(proxied('A')));
    assert.deepEqual(await kinds(repository), []);
    repository.edit(alpha(proxied('A', 2)));
    const { base, head } = await diffRange(repository);
    assert.deepEqual([base, head], [await repository.resolve('HEAD'), 'worktree']);
    assert.deepEqual(await kinds(repository), ['upgrade alpha/A']);
  });

  it('before the first commit everything is new', async () => {
    const repository = memoryRepository();
    repository.edit(alpha(proxied('A')));
    assert.equal((await diffRange(repository)).base, null);
    assert.deepEqual(await kinds(repository), ['deploy alpha/A']);
  });

  it('takes commits, ranges with empty sides, and merge bases', async () => {
    const repository = memoryRepository(alpha(proxied('A')));
    const base = await repository.resolve('HEAD');
    repository.point('side', base);
    repository.checkout('side');
    repository.commitFiles(stateFiles({ beta: { chainId: 8, contracts: { B: proxied('B') } } }));
    repository.checkout('main');
    repository.commitFiles(alpha(proxied('A', 2)));
    repository.edit(alpha(proxied('A', 3)));
    assert.deepEqual(await kinds(repository, 'side'), ['upgrade alpha/A', 'remove beta/B']);
    assert.deepEqual(await kinds(repository, 'main..side'), ['upgrade alpha/A', 'deploy beta/B']);
    assert.deepEqual(await kinds(repository, 'main...side'), ['deploy beta/B']);
    assert.deepEqual(await kinds(repository, 'side..'), ['upgrade alpha/A', 'remove beta/B']);
    assert.deepEqual(await kinds(repository, '..side'), ['upgrade alpha/A', 'deploy beta/B']);
    assert.deepEqual(await kinds(repository, 'HEAD~1..HEAD'), ['upgrade alpha/A']);
    assert.equal((await diffRange(repository, { range: 'main...side' })).base, base);
  });

  for (const range of ['gone', 'gone..HEAD', 'HEAD..gone', 'HEAD...gone']) {
    it(`${range} is refused`, async () => {
      await assert.rejects(diffRange(memoryRepository(alpha(proxied('A'))), { range }), hasCode('UNKNOWN_REVISION'));
    });
  }

  it('sides without a common commit have no merge base', async () => {
    const repository = memoryRepository(alpha(proxied('A')));
    const main = await repository.resolve('HEAD');
    repository.point('island', repository.commitFiles(alpha(proxied('A', 2)), { parents: [] }));
    repository.point('main', main);
    await assert.rejects(diffRange(repository, { range: 'main...island' }), hasCode('BAD_USAGE'));
    assert.deepEqual(await kinds(repository, 'main..island'), ['upgrade alpha/A']);
  });

  for (const side of ['base', 'head'] as const) {
    it(`a file that cannot be read on the ${side} side is an error and compared with nothing`, async () => {
      const path = networkFilePath('', 'alpha');
      const repository = memoryRepository(side === 'base' ? { [path]: '{' } : alpha(proxied('A')));
      repository.edit(side === 'base' ? alpha(proxied('A')) : { [path]: '{' });
      const { networks, findings } = await diffRange(repository);
      assert.deepEqual(networks, []);
      assert.deepEqual(
        findings.map(({ rule, severity, file }) => [rule, severity, file]),
        [['json-syntax', 'error', path]],
      );
    });
  }
});

describe('the sides of a diff', () => {
  const text = (version: number) => alpha(proxied('A', version));

  /** Committed 1 and 2, staged 3, on disk 4. */
  function layered(): MemoryRepository {
    const repository = memoryRepository(text(1));
    repository.commitFiles(text(2));
    repository.edit(text(3));
    repository.stage(networkFilePath('', 'alpha'));
    repository.edit(text(4));
    return repository;
  }

  const sides: readonly [DiffRequest, number, number][] = [
    [{}, 2, 4],
    [{ staged: true }, 2, 3],
    [{ staged: true, range: 'HEAD~1' }, 1, 3],
    [{ unstaged: true }, 3, 4],
    [{ range: 'HEAD~1' }, 1, 4],
    [{ range: 'HEAD~1..HEAD' }, 1, 2],
    [{ range: 'HEAD~1..HEAD', reverse: true }, 2, 1],
    [{ staged: true, reverse: true }, 3, 2],
    [{ unstaged: true, reverse: true }, 4, 3],
    [{ reverse: true }, 4, 2],
  ];
  for (const [request, before, after] of sides) {
    it(`${JSON.stringify(request)} compares version ${before} with ${after}`, async () => {
      const { networks } = await diffRange(layered(), request);
      const field = networks[0]?.contracts[0]?.fields.find(({ path }) => path === 'implementation');
      assert.deepEqual([field?.before, field?.after], [address(`A ${before}`), address(`A ${after}`)]);
    });
  }

  it('are named in the data: the index and the work tree by their words', async () => {
    const { base, head } = await diffRange(layered(), { unstaged: true });
    assert.deepEqual([base, head], ['index', 'worktree']);
  });

  it('may be where a commit and HEAD parted', async () => {
    const repository = memoryRepository(text(1));
    const start = await repository.resolve('HEAD');
    repository.point('side', start);
    repository.commitFiles(text(2));
    repository.checkout('side');
    repository.commitFiles(stateFiles({ beta: { chainId: 8, contracts: { B: proxied('B') } } }));
    const { base, networks } = await diffRange(repository, { range: 'main', mergeBase: true });
    assert.equal(base, start);
    assert.deepEqual(
      networks.map(({ network }) => network),
      ['beta'],
    );
  });

  const contradictions: readonly DiffRequest[] = [
    { staged: true, unstaged: true },
    { staged: true, range: 'a..b' },
    { unstaged: true, range: 'HEAD' },
    { unstaged: true, mergeBase: true },
    { mergeBase: true, range: 'a...b' },
  ];
  for (const request of contradictions) {
    it(`${JSON.stringify(request)} contradicts itself`, async () => {
      await assert.rejects(diffRange(layered(), request), hasCode('BAD_USAGE'));
    });
  }
});

describe('files that are the same on both sides', () => {
  const many = (count: number) => {
    const networks = Array.from({ length: count }, (_, i) => [
      `net${i}`,
      { chainId: i + 1, contracts: { A: proxied('A') } },
    ]);
    return stateFiles(Object.fromEntries(networks) as Parameters<typeof stateFiles>[0]);
  };

  /** The repository, and the paths and blobs that were read of it. */
  function watched(files: Record<string, string>): { repository: MemoryRepository; read: string[] } {
    const repository = memoryRepository(files);
    const read: string[] = [];
    const watching: MemoryRepository = {
      ...repository,
      blobs: (oids) => {
        read.push(...oids);
        return repository.blobs(oids);
      },
      at: async (place) => {
        const tree = await repository.at(place);
        return {
          ...tree,
          read: (paths) => {
            read.push(...paths);
            return tree.read(paths);
          },
        };
      },
    };
    return { repository: watching, read };
  }

  it('are not read when they have nothing to say', async () => {
    const { repository, read } = watched(many(20));
    repository.edit(
      stateFiles({ net3: { chainId: 4, contracts: { A: proxied('A', 1, { timestamp: 1_755_000_000_001 }) } } }),
    );
    const { networks, others, total } = await diffRange(repository);
    assert.deepEqual(
      networks.map(({ network: name }) => name),
      ['net3'],
    );
    assert.deepEqual([read.length, others, total], [2, null, 20]);
  });

  it('are asked about code and addresses, all of them where they are few', async () => {
    const { repository } = watched(many(20));
    repository.edit(stateFiles({ net3: { chainId: 4, contracts: { A: proxied('A', 2) } } }));
    const { others, after } = await diffRange(repository);
    assert.deepEqual([others, after.size], [{ read: 19, of: 19 }, 20]);
  });

  it('are asked as many as are quick to read where they are many, unless all are wanted', async () => {
    const heavy = { note: 'x'.repeat(300_000) };
    const files = Object.fromEntries(
      Array.from({ length: 30 }, (_, i) => [`net${i}`, { chainId: i + 1, contracts: { A: proxied('A', 1, heavy) } }]),
    );
    const { repository } = watched(stateFiles(files));
    repository.edit(stateFiles({ net3: { chainId: 4, contracts: { A: proxied('A', 2, heavy) } } }));
    const { others } = await diffRange(repository);
    assert.ok(others !== null && others.read > 0 && others.read < 29, JSON.stringify(others));
    assert.equal(others.of, 29);
    assert.deepEqual((await diffRange(repository, { allNetworks: true })).others, { read: 29, of: 29 });
  });

  it('have nothing to say when they cannot be read', async () => {
    const path = networkFilePath('', 'beta');
    const repository = memoryRepository({ ...alpha(proxied('A')), [path]: '{' });
    repository.edit(alpha(proxied('A', 2)));
    const { findings, others } = await diffRange(repository);
    assert.deepEqual([findings, others], [[], { read: 0, of: 1 }]);
  });

  it('know an address under another name', async () => {
    const repository = memoryRepository({
      ...alpha(proxied('A')),
      ...stateFiles({ beta: { chainId: 8, contracts: { Safe: proxied('Safe') } } }),
    });
    repository.edit(alpha(proxied('A', 2, { implementation: address('Safe 1') })));
    const [change] = (await diffRange(repository)).networks;
    assert.deepEqual(change?.contracts[0]?.knownAs, [{ path: 'implementation', network: 'beta', contract: 'Safe' }]);
    assert.equal(change.contracts[0].danger, 'known-elsewhere');
  });
});

describe('a renamed network', () => {
  it('is one change', async () => {
    const repository = memoryRepository(alpha(proxied('A')));
    const renamed = stateFiles({ omega: { chainId: 7, contracts: { A: proxied('A') } } });
    repository.edit({ [networkFilePath('', 'alpha')]: null, ...renamed });
    const { networks } = await diffRange(repository);
    assert.deepEqual(networks, [
      { network: 'omega', chainId: 7, status: 'modified', renamedFrom: 'alpha', contracts: [], sections: [] },
    ]);
  });
});

function hasCode(code: string): (error: unknown) => boolean {
  return (error) => error instanceof StateManagerError && error.code === code;
}
