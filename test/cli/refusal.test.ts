import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { errorEnvelope, outcomeEnvelope } from '../../src/cli/envelope.js';
import { renderRefusal } from '../../src/cli/text/refusal.js';
import { StateManagerError } from '../../src/errors.js';

const style = { color: false, unicode: false, terminal: false, width: 100 };
const conflict = { network: 'bsc', contract: 'A', path: '/proxy', base: null, ours: '0x1', theirs: { a: 1 } };

describe('a refusal as text', () => {
  it('says what, why, what to run next, and that nothing was written', () => {
    const error = new StateManagerError('BUSY', 'Somebody writes.\nSince noon.', { hint: 'try again' });
    assert.deepEqual(renderRefusal(error, style, { writes: true }).split('\n'), [
      'x Somebody writes.',
      '  Since noon.',
      '  Next: try again',
      'Nothing was written.',
    ]);
  });

  it('of a verb that only reads does not speak of writing', () => {
    const error = new StateManagerError('NOT_FOUND', 'No.');
    assert.equal(renderRefusal(error, style, { writes: false }), 'x No.');
  });

  it('does not claim that nothing was written when git failed on the way', () => {
    const error = new StateManagerError('GIT_FAILED', 'No.');
    assert.doesNotMatch(renderRefusal(error, style, { writes: true }), /Nothing was written/);
  });

  it('does not claim it either of a migration, whose batches before it are commits', () => {
    const error = new StateManagerError('MIGRATION_FAILED', 'No.');
    assert.doesNotMatch(renderRefusal(error, style, { writes: true }), /Nothing was written/);
  });

  it('lists conflicts with both sides below each other', () => {
    const error = new StateManagerError('CONFLICT', 'Both.', { details: { conflicts: [conflict] } });
    const lines = renderRefusal(error, style, { writes: true }).split('\n');
    assert.deepEqual(lines.slice(1, 5), [
      '  bsc / A / /proxy',
      '    base     nothing',
      '    ours     0x1',
      '    theirs   {"a":1}',
    ]);
  });

  it('escapes what came from outside', () => {
    const error = new StateManagerError('NOT_FOUND', 'No \u001b[31mX', { hint: 'get \u202e' });
    assert.doesNotMatch(renderRefusal(error, style, { writes: true }), /[\u001b\u202e]/);
  });
});

describe('the JSON envelope', () => {
  it('of an answer has ok, data and findings in this order', () => {
    const envelope = outcomeEnvelope({ data: { b: 1, a: 2 }, text: () => '' });
    assert.deepEqual(JSON.parse(envelope), { ok: true, data: { b: 1, a: 2 }, findings: [] });
    assert.match(envelope, /"ok"[^]*"data"[^]*"b"[^]*"a"[^]*"findings"/);
  });

  it('is not ok when the exit code is not 0', () => {
    assert.match(outcomeEnvelope({ data: null, exit: 1, text: () => '' }), /^\{\s*"ok": false/);
  });

  it('of a refusal carries code, message, hint, details and its findings', () => {
    const details = { conflicts: [conflict], findings: [{ rule: 'x' }] };
    const error = new StateManagerError('CONFLICT', 'Both.', { hint: 'decide', details });
    assert.deepEqual(JSON.parse(errorEnvelope(error)), {
      ok: false,
      data: null,
      findings: [{ rule: 'x' }],
      error: { code: 'CONFLICT', message: 'Both.', hint: 'decide', details },
    });
  });

  it('of a bug has its message and no stack', () => {
    assert.deepEqual(JSON.parse(errorEnvelope(new TypeError('x is undefined'))), {
      ok: false,
      data: null,
      findings: [],
      error: { code: 'BUG', message: 'x is undefined', hint: null, details: {} },
    });
  });
});
