import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runPut } from '../../../src/cli/verbs/put.js';
import { address, codeHash, proxied, stateFiles } from '../../support/deployments.js';
import { type MemoryRepository, memoryRepository } from '../../support/memory-repository.js';
import { terminal, verbContext } from '../../support/verb-context.js';

const files = stateFiles({
  alpha: { chainId: 7, contracts: { Token: proxied('Token') } },
  beta: { chainId: 8, contracts: { Token: proxied('Token') } },
  gamma: { chainId: 9, contracts: { Token: proxied('Token', 2) } },
  delta: { chainId: 10, contracts: { Other: proxied('Token', 2) } },
});
const upgrade = {
  network: 'alpha',
  name: 'Token',
  set: [`implementation=${address('Token 2')}`, `implementationHash=${codeHash('Token 2')}`],
};

async function lines(memory: MemoryRepository, args: Record<string, unknown>): Promise<string[]> {
  return (await runPut(args, verbContext(memory))).text(terminal).split('\n');
}

describe('put', () => {
  for (const [what, flags] of [
    ['an upgrade', {}],
    ['a dry run of it', { 'dry-run': true }],
  ] as const) {
    it(`shows of ${what} the proxy it keeps and the other networks with either code`, async () => {
      const text = await lines(memoryRepository(files), { ...upgrade, ...flags });
      assert.deepEqual(text.slice(1, 2), [`  proxy            ${address('Token proxy')}  unchanged`]);
      const [newest, old] = [2, 1].map((version) => codeHash(`Token ${version}`).slice(2, 10));
      assert.equal(text.at(-1), `  elsewhere        ${newest ?? ''} on gamma; ${old ?? ''} on beta`);
    });
  }

  it('says since when the record is as it is, to someone who looks', async () => {
    const memory = memoryRepository(files);
    const first = await runPut(upgrade, verbContext(memory));
    const notes = async (answer: boolean | null) => {
      const outcome = await runPut(upgrade, verbContext(memory, answer));
      assert.equal(outcome.text(terminal), '');
      return outcome.notes?.(terminal) ?? '';
    };
    const { commit } = first.data as { commit: string };
    assert.ok((await notes(true)).includes(`(since ${commit.slice(0, 7)})`));
    assert.ok(!(await notes(null)).includes('since'));
  });
});
