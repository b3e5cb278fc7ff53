import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatFiles } from '../../src/commands/fmt.js';
import { validate } from '../../src/commands/validate.js';
import { networkFilePath, quarantinePath } from '../../src/core/layout.js';
import { address, proxied, stateFiles } from '../support/deployments.js';
import { type MemoryRepository, memoryRepository } from '../support/memory-repository.js';

const alpha = networkFilePath('', 'alpha');
const files = stateFiles({ alpha: { chainId: 7, contracts: { Token: proxied('Token') } } });
const canonical = files[alpha] ?? '';

async function textAt(repository: MemoryRepository, path: string): Promise<string> {
  const [file] = await (await repository.at('worktree')).read([path]);
  return Buffer.from(file?.bytes ?? []).toString('utf8');
}

describe('fmt', () => {
  for (const [what, text] of [
    ['blanks', JSON.stringify(JSON.parse(canonical))],
    ['line ends', canonical.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\ufeff${canonical}`],
    ['a missing line end', canonical.trimEnd()],
    ['the case of an address', canonical.replace(address('Token 1'), address('Token 1').toLowerCase())],
  ] as const) {
    it(`repairs ${what} and nothing is left to find`, async () => {
      const repository = memoryRepository(files);
      repository.edit({ [alpha]: text });
      assert.deepEqual(await formatFiles(repository, {}), { changed: [alpha], unchanged: 0, findings: [] });
      assert.equal(await textAt(repository, alpha), canonical);
      assert.deepEqual((await validate(repository, { place: 'worktree' })).findings, []);
      assert.deepEqual(await formatFiles(repository, {}), { changed: [], unchanged: 1, findings: [] });
    });
  }

  it('check writes nothing', async () => {
    const repository = memoryRepository(files);
    repository.edit({ [alpha]: `${canonical}\n` });
    assert.deepEqual((await formatFiles(repository, { check: true })).changed, [alpha]);
    assert.equal(await textAt(repository, alpha), `${canonical}\n`);
  });

  it('never seals: an edit by hand stays one', async () => {
    const repository = memoryRepository(files);
    const tampered = canonical.replace(address('Token 1'), address('evil'));
    repository.edit({ [alpha]: `${tampered}\n` });
    await formatFiles(repository, {});
    assert.equal(await textAt(repository, alpha), tampered);
  });

  it('commits and stages nothing', async () => {
    const repository = memoryRepository(files);
    const head = await repository.head();
    repository.edit({ [alpha]: `${canonical}\n` });
    await formatFiles(repository, {});
    assert.deepEqual(await repository.head(), head);
  });

  for (const [what, text] of [
    ['a file that cannot be read', '{"a":1,"a":2}'],
    ['a file of a newer version', canonical.replace('"3.0.0"', '"3.7.0"').replace('{\n', '{\n\n')],
    ['a file of another major version', canonical.replace('"3.0.0"', '"2.0.0"')],
  ] as const) {
    it(`leaves ${what} alone and says why`, async () => {
      const repository = memoryRepository(files);
      repository.edit({ [alpha]: text });
      const { changed, unchanged, findings } = await formatFiles(repository, {});
      assert.deepEqual([changed, unchanged, findings.length], [[], 0, 1]);
      assert.equal(await textAt(repository, alpha), text);
    });
  }

  it('leaves a symbolic link alone', async () => {
    const repository = memoryRepository(files);
    repository.edit({ [alpha]: '../elsewhere.json' }, '120000');
    const { changed, findings } = await formatFiles(repository, {});
    assert.deepEqual([changed, findings.map(({ rule }) => rule)], [[], ['file-mode']]);
  });

  it('keeps quarantine canonical and the configuration as it is', async () => {
    const quarantine = quarantinePath('', null);
    const text = '{"records": {}, "schemaVersion": "3.0.0"}';
    const repository = memoryRepository({ ...files, [quarantine]: text, 'stateroot.config.json': '{ }' });
    assert.deepEqual((await formatFiles(repository, {})).changed, [quarantine]);
    assert.equal(await textAt(repository, quarantine), '{\n  "records": {},\n  "schemaVersion": "3.0.0"\n}\n');
  });
});
