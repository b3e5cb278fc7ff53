import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runFmt } from '../../../src/cli/verbs/fmt.js';
import { runSeal } from '../../../src/cli/verbs/seal.js';
import { runValidate } from '../../../src/cli/verbs/validate.js';
import { rules } from '../../../src/core/inspect/rules.js';
import { networkFilePath } from '../../../src/core/layout.js';
import { StateManagerError } from '../../../src/errors.js';
import { address, proxied, stateFiles } from '../../support/deployments.js';
import { type MemoryRepository, memoryRepository } from '../../support/memory-repository.js';
import { terminal, verbContext } from '../../support/verb-context.js';

const path = networkFilePath('', 'alpha');
const files = stateFiles({ alpha: { chainId: 7, contracts: { Token: proxied('Token') } } });
const canonical = files[path] ?? '';
const tampered = canonical.replace(address('Token 1'), address('evil'));

function edited(text: string): MemoryRepository {
  const memory = memoryRepository(files);
  memory.edit({ [path]: text });
  return memory;
}

async function textOf(memory: MemoryRepository): Promise<string> {
  const [file] = await (await memory.at('worktree')).read([path]);
  return Buffer.from(file?.bytes ?? []).toString('utf8');
}

describe('validate', () => {
  it('exits 0 when all is well, 1 with an error', async () => {
    assert.equal((await runValidate({}, verbContext(memoryRepository(files)))).exit, 0);
    const { exit, findings } = await runValidate({}, verbContext(edited(tampered)));
    assert.deepEqual([exit, findings?.map(({ rule }) => rule)], [1, ['checksum-mismatch']]);
  });

  it('a warning alone exits 0', async () => {
    const unsealed = stateFiles({
      alpha: { chainId: 7, contracts: { Token: { ...proxied('Token'), sealed: false } } },
    });
    const { exit, findings } = await runValidate({}, verbContext(memoryRepository(unsealed)));
    assert.deepEqual([exit, findings?.map(({ severity }) => severity)], [0, ['warning']]);
  });

  it('looks at the index with --staged and at a commit with --at, not at both', async () => {
    const memory = edited(tampered);
    assert.equal((await runValidate({ staged: true }, verbContext(memory))).exit, 0);
    assert.equal((await runValidate({ at: 'HEAD' }, verbContext(memory))).exit, 0);
    memory.stage(path);
    assert.equal((await runValidate({ staged: true }, verbContext(memory))).exit, 1);
    await assert.rejects(runValidate({ staged: true, at: 'HEAD' }, verbContext(memory)), hasCode('BAD_USAGE'));
  });

  it('writes its findings for machines with --reporter', async () => {
    const reports = new Map<string, string>();
    for (const reporter of ['text', 'concise', 'github', 'sarif']) {
      const outcome = await runValidate({ reporter }, verbContext(edited(tampered)));
      assert.equal(outcome.exit, 1);
      reports.set(reporter, outcome.text(terminal));
    }
    const text = reports.get('text') ?? '';
    const { index } = /\n> \d+ .*\n/.exec(text) ?? { index: -1 };
    assert.ok(index > 0, text);
    assert.match(reports.get('concise') ?? '', /^deployments\/\S+:\d+:\d+: error .* \[checksum-mismatch\]$/);
    assert.match(reports.get('github') ?? '', /^::error file=deployments\/[^\n]*$/);
    const sarif = JSON.parse(reports.get('sarif') ?? '') as { runs: [{ results: { ruleId: string }[] }] };
    assert.deepEqual(
      sarif.runs[0].results.map(({ ruleId }) => ruleId),
      ['checksum-mismatch'],
    );
  });

  it('shows the line that was changed since HEAD and what it was', async () => {
    const line = tampered.split('\n').findIndex((each) => each.includes(address('evil'))) + 1;
    const shows = async (args: Record<string, unknown>, memory: MemoryRepository) =>
      (await runValidate(args, verbContext(memory))).text(terminal);
    const memory = edited(tampered);
    const text = await shows({}, memory);
    assert.ok(text.includes(`> ${line} │`) && text.includes(`^ was ${address('Token 1')} in HEAD`), text);
    memory.stage(path);
    assert.ok((await shows({ staged: true }, memory)).includes(`^ was ${address('Token 1')} in HEAD`));
    // In a commit there is nothing to compare with: it may be HEAD.
    memory.commitFiles({ [path]: tampered }, { message: 'by hand' });
    assert.doesNotMatch(await shows({ at: 'HEAD' }, memory), /in HEAD/);
  });

  it('explains every rule, and no other', async () => {
    for (const { id } of rules) {
      const outcome = await runValidate({ explain: id }, verbContext(memoryRepository()));
      assert.equal((outcome.data as { rule: string }).rule, id);
      assert.ok(outcome.text(terminal).startsWith(`${id}  `));
    }
    await assert.rejects(
      runValidate({ explain: 'checksum-mismatsch' }, verbContext(memoryRepository())),
      hasCode('BAD_USAGE'),
    );
  });
});

describe('fmt', () => {
  it('rewrites and exits 0; with --check it writes nothing and exits 1', async () => {
    const memory = edited(`${canonical}\n`);
    assert.equal((await runFmt({ check: true }, verbContext(memory))).exit, 1);
    assert.equal(await textOf(memory), `${canonical}\n`);
    const { exit, data } = await runFmt({}, verbContext(memory));
    assert.deepEqual([exit, data, await textOf(memory)], [0, { changed: [path], unchanged: 0 }, canonical]);
    assert.equal((await runFmt({ check: true }, verbContext(memory))).exit, 0);
  });

  it('--dry-run writes nothing and exits 0', async () => {
    const memory = edited(`${canonical}\n`);
    const { exit, data } = await runFmt({ 'dry-run': true }, verbContext(memory));
    assert.deepEqual([exit, data, await textOf(memory)], [0, { changed: [path], unchanged: 0 }, `${canonical}\n`]);
  });

  it('a file that is left alone exits 1', async () => {
    assert.equal((await runFmt({}, verbContext(edited('{')))).exit, 1);
  });
});

describe('seal', () => {
  it('asks, shows what it seals first, and writes on yes', async () => {
    const memory = edited(tampered);
    const context = verbContext(memory, true);
    assert.equal((await runSeal({}, context)).exit ?? 0, 0);
    assert.equal(context.asked.length, 1);
    assert.ok(
      context.said.join('\n').includes(address('Token 1')) && context.said.join('\n').includes(address('evil')),
    );
    assert.equal((await runValidate({}, verbContext(memory))).exit, 0);
  });

  it('counts what does not match above the list', async () => {
    const text = async (memory: MemoryRepository) =>
      (await runSeal({ 'dry-run': true }, verbContext(memory))).text(terminal).split('\n');
    const [head, record, ...rest] = await text(edited(tampered));
    assert.deepEqual([head, record], ['1 record does not match its checksum:', '  alpha / Token']);
    assert.ok(rest.join('\n').includes('code hash'));
    const unsealed = { Token: { ...proxied('Token'), sealed: false } };
    const memory = memoryRepository();
    memory.edit(stateFiles({ alpha: { chainId: 7, contracts: unsealed } }));
    assert.equal((await text(memory))[0], '1 record has no checksum yet:');
    const mixed = { ...unsealed, Other: proxied('Other') };
    memory.edit({
      [path]: (stateFiles({ alpha: { chainId: 7, contracts: mixed } })[path] ?? '').replace(
        address('Other 1'),
        address('evil'),
      ),
    });
    assert.equal((await text(memory))[0], '2 records do not match their checksums or have none yet:');
  });

  it('writes nothing on no, and exits 1', async () => {
    const memory = edited(tampered);
    assert.equal((await runSeal({}, verbContext(memory, false))).exit, 1);
    assert.equal(await textOf(memory), tampered);
  });

  it('without anybody to ask is refused, with --yes it seals', async () => {
    const memory = edited(tampered);
    await assert.rejects(runSeal({}, verbContext(memory)), hasCode('CONFIRMATION_NEEDED'));
    assert.equal(await textOf(memory), tampered);
    const { data } = await runSeal({ yes: true }, verbContext(memory));
    assert.deepEqual((data as { changed: string[] }).changed, [path]);
    assert.equal((await runValidate({}, verbContext(memory))).exit, 0);
  });

  it('--dry-run asks nobody and writes nothing', async () => {
    const memory = edited(tampered);
    const { data } = await runSeal({ 'dry-run': true }, verbContext(memory));
    assert.deepEqual((data as { changed: string[] }).changed, []);
    assert.equal(await textOf(memory), tampered);
  });

  it('with nothing to seal asks nobody', async () => {
    const context = verbContext(memoryRepository(files), true);
    assert.equal((await runSeal({}, context)).exit ?? 0, 0);
    assert.deepEqual(context.asked, []);
  });

  it('what would not be valid is not sealed, not even with --yes', async () => {
    const broken = tampered.replace(address('Token proxy'), '0x12');
    const memory = edited(broken);
    const { exit, findings } = await runSeal({ yes: true }, verbContext(memory));
    assert.equal(exit, 1);
    assert.ok(findings?.some(({ rule }) => rule === 'address-format'));
    assert.equal(await textOf(memory), broken);
  });
});

function hasCode(code: string): (error: unknown) => boolean {
  return (error) => error instanceof StateManagerError && error.code === code;
}
