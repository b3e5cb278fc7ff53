import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runExplain } from '../../../src/cli/verbs/explain.js';
import { codeNames } from '../../../src/core/errors/error-table.js';
import { StateManagerError } from '../../../src/errors.js';
import { memoryRepository } from '../../support/memory-repository.js';
import { terminal, verbContext } from '../../support/verb-context.js';

const context = verbContext(memoryRepository({}));
const explain = (code: string) => runExplain({ code }, context);

describe('explain', () => {
  it('tells causes, steps and prevention of every code', async () => {
    for (const code of codeNames) {
      const outcome = await explain(code);
      const text = outcome.text(terminal);
      for (const heading of ['Causes', 'What to do', 'Prevention']) assert.ok(text.includes(`\n${heading}\n`), code);
    }
  });

  it('gives the same as data', async () => {
    const { data } = await explain('migration-003');
    const { code, alsoKnownAs, resolution, exit } = data as Record<string, unknown>;
    assert.deepEqual([code, exit], ['MIGRATION-003', null]);
    assert.deepEqual(alsoKnownAs, ['VALIDATION_FAILED', 'STATE_INVALID', 'CHECKSUM_MISMATCH']);
    assert.ok(Array.isArray(resolution));
    assert.deepEqual(resolution[0], { step: 'List every finding.', command: 'stateroot validate' });
  });

  it('of what it does not know names what is near', async () => {
    await assert.rejects(explain('MIGRATION-007'), refusal(/MIGRATION-00/));
    await assert.rejects(explain('NOTFOUND'), refusal(/NOT_FOUND/));
    await assert.rejects(explain('xyzzy-plugh-42'), refusal(/--json/));
  });

  it('sends who asks for a rule to where rules are explained', async () => {
    await assert.rejects(explain('checksum-mismatch'), refusal(/validate --explain checksum-mismatch/));
    await assert.rejects(explain('network/chain-twice'), refusal(/validate --explain network\/chain-twice/));
  });
});

function refusal(hint: RegExp) {
  return (error: unknown) =>
    error instanceof StateManagerError && error.code === 'NOT_FOUND' && hint.test(error.hint ?? '');
}
