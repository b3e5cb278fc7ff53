import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runDiff } from '../../../src/cli/verbs/diff.js';
import { StateManagerError } from '../../../src/errors.js';
import { address, codeHash, proxied, stateFiles } from '../../support/deployments.js';
import { type MemoryRepository, memoryRepository } from '../../support/memory-repository.js';
import { terminal, verbContext } from '../../support/verb-context.js';

function files(version: number, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return stateFiles({
    bscmainnet: { chainId: 56, contracts: { Token: proxied('Token') } },
    bsctestnet: { chainId: 97, contracts: { Token: proxied('Token', version, more) } },
  });
}

function upgraded(more: Readonly<Record<string, string>> = {}): MemoryRepository {
  const repository = memoryRepository(files(1));
  repository.edit(files(2, more));
  return repository;
}

async function said(repository: MemoryRepository, args: Record<string, unknown>): Promise<string> {
  return (await runDiff(args, verbContext(repository))).text(terminal);
}

describe('diff', () => {
  it('says whose a new address is already, and shows it as a danger', async () => {
    const text = await said(upgraded({ proxy: address('Token proxy'), implementation: address('Safe') }), {});
    assert.doesNotMatch(text, /✖/);
    const repository = memoryRepository({
      ...files(1),
      ...stateFiles({ beta: { chainId: 4242, contracts: { Safe: { fields: { implementation: address('Safe') } } } } }),
    });
    repository.edit(files(2, { implementation: address('Safe'), implementationHash: codeHash('new') }));
    assert.match(
      await said(repository, {}),
      /^✖ KNOWN ELSEWHERE {2}bsctestnet \/ Token[\s\S]+^ {2}why {14}the new implementation is already Safe on beta$/m,
    );
  });

  it('names the command that shows the same, and the sides as they were typed', async () => {
    const repository = upgraded();
    assert.match(await said(repository, { format: 'md' }), /<sub>Locally: `stateroot diff`<\/sub>$/);
    const asked = { range: 'main', staged: true, reverse: true };
    repository.stage(...Object.keys(files(2)));
    assert.match(
      await said(repository, { ...asked, format: 'md' }),
      /<sub>Locally: `stateroot diff --staged --reverse main`<\/sub>$/,
    );
    assert.match(await said(repository, asked), /^1 change on 1 network, the index to main [0-9a-f]{7}\.$/m);
  });

  it('has no others in its data unless some were left out', async () => {
    const { data } = await runDiff({}, verbContext(upgraded()));
    assert.deepEqual(Object.keys(data as object), ['base', 'head', 'networks']);
    const heavy = Object.fromEntries(
      Array.from({ length: 20 }, (_, i) => [
        `net${i}`,
        { chainId: 1000 + i, contracts: { Fat: proxied('Fat', 1, { note: 'x'.repeat(200_000) }) } },
      ]),
    );
    const many = memoryRepository({ ...files(1), ...stateFiles(heavy) });
    many.edit(files(2));
    const cut = (await runDiff({}, verbContext(many))).data as { others?: { read: number; of: number } };
    assert.ok(cut.others !== undefined && cut.others.read < cut.others.of);
    const all = (await runDiff({ 'all-networks': true }, verbContext(many))).data;
    assert.deepEqual(Object.keys(all as object), ['base', 'head', 'networks']);
  });

  for (const args of [
    { link: 'https://example.org' },
    { link: 'https://example.org', format: 'html' },
    { link: 'javascript:alert(1)', format: 'md' },
    { link: 'https://example.org/) <img src=x>', format: 'md' },
    { link: 'http://example.org/', format: 'md' },
  ]) {
    it(`${JSON.stringify(args)} is refused`, async () => {
      await assert.rejects(
        runDiff(args, verbContext(upgraded())),
        (error) => error instanceof StateManagerError && error.code === 'BAD_USAGE',
      );
    });
  }
});
