import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runCheck } from '../../../src/cli/verbs/check.js';
import { runValidate } from '../../../src/cli/verbs/validate.js';
import { consistencyRules } from '../../../src/core/consistency/all-rules.js';
import { rules } from '../../../src/core/inspect/rules.js';
import type { JsonObject } from '../../../src/core/json.js';
import { networkFilePath } from '../../../src/core/layout.js';
import { emptyNetworkFile } from '../../../src/core/model/network-file.js';
import { canonicalize } from '../../../src/core/text/canonical.js';
import { StateManagerError } from '../../../src/errors.js';
import { type MemoryRepository, memoryRepository } from '../../support/memory-repository.js';
import { terminal, verbContext } from '../../support/verb-context.js';

const main = networkFilePath('', 'bscmainnet');
const config = 'stateroot.config.json';
const crossed = file('bscmainnet', 56, {
  topology: { connectedChains: [97, 84532, 11155420].map((chainId) => ({ chainId })) },
});

const run = (memory: MemoryRepository, args: Record<string, unknown> = {}) => runCheck(args, verbContext(memory));

describe('check', () => {
  it('exits 1 for an error that is new, and 0 otherwise', async () => {
    assert.equal((await run(memoryRepository({ [main]: crossed }))).exit, 1);
    assert.equal((await run(memoryRepository({ [main]: crossed }), { base: 'HEAD' })).exit, 0);
    assert.equal(
      (await run(memoryRepository({ [main]: crossed, [config]: '{"rules":{"topology/cross-tier":"warning"}}' }))).exit,
      0,
    );
    assert.equal((await run(memoryRepository())).exit, 0);
  });

  it('shows a rule once, with its other places, and how many are new', async () => {
    const memory = memoryRepository({ [main]: file('bscmainnet', 56) });
    memory.edit({ [main]: crossed });
    const outcome = await run(memory, { base: 'HEAD' });
    const lines = outcome.text(terminal).split('\n');
    assert.match(
      lines[0] ?? '',
      /^deployments\/unified\/bscmainnet\.unified\.json:\d+:20 {2}error {2}topology\/cross-tier$/,
    );
    assert.equal(lines.filter((line) => line.startsWith('  also ')).length, 2);
    assert.match(outcome.notes?.(terminal) ?? '', /^✖ 3 errors are new, in 1 of 1 network\./);
  });

  it('names what waivers and the base hold back, and shows it with --all', async () => {
    const waivers = [
      {
        rule: 'topology/cross-tier',
        path: '/topology/connectedChains/0/chainId',
        until: '9999-12-31',
        reason: 'known',
      },
    ];
    const memory = memoryRepository({ [main]: crossed, [config]: canonicalize({ waivers }) });
    const text = (await run(memory, { base: 'HEAD' })).text(terminal);
    assert.match(text, /^waived {2}topology\/cross-tier, 1 finding on bscmainnet, until 9999-12-31: known$/m);
    assert.match(text, /^known {3}2 older findings are in /m);
    const all = await run(memory, { base: 'HEAD', all: true });
    assert.deepEqual([all.exit, all.findings?.length], [0, 2]);
    assert.match(all.text(terminal), /^known {3}deployments\//m);
    assert.deepEqual(all.data, {
      base: await memory.resolve('HEAD'),
      diverged: false,
      networks: 1,
      new: 0,
      known: 2,
      waived: [{ ...waivers[0], count: 1 }],
    });
  });

  it('writes for machines with --reporter', async () => {
    const texts = new Map<string, string>();
    for (const reporter of ['concise', 'github', 'sarif']) {
      texts.set(reporter, (await run(memoryRepository({ [main]: crossed }), { reporter })).text(terminal));
    }
    assert.equal(texts.get('concise')?.split('\n').length, 3);
    assert.match(texts.get('github') ?? '', /^::error file=deployments\//);
    const sarif = JSON.parse(texts.get('sarif') ?? '') as {
      runs: [{ tool: { driver: { rules: { id: string }[] } }; results: { ruleId: string; ruleIndex: number }[] }];
    };
    const [{ tool, results }] = sarif.runs;
    assert.equal(results.length, 3);
    for (const { ruleId, ruleIndex } of results) assert.equal(tool.driver.rules[ruleIndex]?.id, ruleId);
  });

  it('explains every rule of check and of validate, as validate does, and no other', async () => {
    for (const { id } of [...rules, ...consistencyRules]) {
      const outcomes = [
        await run(memoryRepository(), { explain: id }),
        await runValidate({ explain: id }, verbContext(memoryRepository())),
      ];
      const [own, others] = outcomes.map((outcome) => [outcome.data, outcome.text(terminal)]);
      assert.deepEqual(own, others);
      assert.ok(outcomes[0]?.text(terminal).startsWith(`${id}  `));
    }
    const [rule] = consistencyRules;
    const outcome = await run(memoryRepository(), { explain: rule?.id });
    assert.ok(outcome.text(terminal).includes(JSON.stringify(rule?.fires)));
    await assert.rejects(run(memoryRepository(), { explain: 'topology/crosstier' }), (error) => {
      assert.ok(error instanceof StateManagerError && error.code === 'BAD_USAGE');
      return error.hint === 'did you mean topology/cross-tier?';
    });
  });

  it('takes no flag that says nothing', async () => {
    for (const args of [
      { until: '2027-01-01' },
      { 'dry-run': true },
      { explain: 'file/stray', base: 'HEAD' },
      { waive: 'file/stray', all: true },
    ]) {
      await assert.rejects(
        run(memoryRepository({ [main]: crossed }), args),
        hasCode('BAD_USAGE'),
        JSON.stringify(args),
      );
    }
  });
});

describe('check --waive', () => {
  const asked = { waive: 'topology/cross-tier', until: '9999-12-31', reason: 'until the audit' };
  const waiver = { rule: asked.waive, until: asked.until, reason: asked.reason };

  it('writes the entry into the work tree, canonical, and nothing else', async () => {
    const memory = memoryRepository({
      [main]: crossed,
      [config]: '{"rules":{"file/stray":"off"},"categories":{"A":"core"}}',
    });
    const head = await memory.resolve('HEAD');
    const outcome = await run(memory, { ...asked, network: 'bscmainnet' });
    const entry = { ...waiver, network: 'bscmainnet' };
    assert.deepEqual(outcome.data, { waiver: entry, file: config, covered: 3, changed: [config] });
    assert.equal(
      await written(memory),
      canonicalize({ categories: { A: 'core' }, rules: { 'file/stray': 'off' }, waivers: [entry] }),
    );
    assert.deepEqual([await memory.resolve('HEAD'), (await run(memory)).exit], [head, 0]);
  });

  it('renews an entry of the same scope and keeps the others', async () => {
    const other = { ...waiver, rule: 'file/stray' };
    const old = { ...waiver, until: '2026-12-31', 'x-ticket': 'A-1' };
    const memory = memoryRepository({ [main]: crossed, [config]: canonicalize({ waivers: [old, other] }) });
    assert.equal((await run(memory, asked)).exit ?? 0, 0);
    assert.equal(await written(memory), canonicalize({ waivers: [{ ...old, ...waiver }, other] }));
  });

  it('writes nothing on a dry run', async () => {
    const memory = memoryRepository({ [main]: crossed });
    const { data } = await run(memory, { ...asked, 'dry-run': true });
    assert.deepEqual([(data as { changed: string[] }).changed, await written(memory)], [[], null]);
  });

  it('refuses what would have no effect, and leaves everything as it was', async () => {
    const wrong: [Record<string, unknown>, string][] = [
      [{ waive: 'topology/crosstier' }, 'BAD_USAGE'],
      [{ waive: 'checksum-mismatch' }, 'BAD_USAGE'],
      [{ until: '2027-02-30' }, 'BAD_USAGE'],
      [{ until: '2020-01-01' }, 'BAD_USAGE'],
      [{ until: undefined }, 'BAD_USAGE'],
      [{ reason: ' ' }, 'BAD_USAGE'],
      [{ network: 'bscmainet' }, 'NOT_FOUND'],
    ];
    for (const [args, code] of wrong) {
      const memory = memoryRepository({ [main]: crossed });
      await assert.rejects(run(memory, { ...asked, ...args }), hasCode(code), JSON.stringify(args));
      assert.equal(await written(memory), null);
    }
    const broken = memoryRepository({ [main]: crossed, [config]: '{"rules":5}' });
    await assert.rejects(run(broken, asked), hasCode('CONFIG_INVALID'));
  });
});

function file(network: string, chainId: number, sections: JsonObject = {}): string {
  return canonicalize({ ...emptyNetworkFile({ network, chainId }).root, ...sections });
}

async function written(memory: MemoryRepository): Promise<string | null> {
  const [read] = await (await memory.at('worktree')).read([config]);
  return read === undefined ? null : Buffer.from(read.bytes).toString('utf8');
}

function hasCode(code: string) {
  return (error: unknown) => error instanceof StateManagerError && error.code === code;
}
