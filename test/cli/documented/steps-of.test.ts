import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { shownStep, stepsOf } from '../../../src/cli/documented/steps-of.js';
import { StateManagerError } from '../../../src/errors.js';

function refusal(runs: readonly string[], ...further: string[]): StateManagerError {
  try {
    stepsOf('x', runs, further);
  } catch (error) {
    assert.ok(error instanceof StateManagerError);
    assert.equal(error.code, 'BAD_USAGE');
    return error;
  }
  return assert.fail('it was taken');
}

describe('the steps of a name', () => {
  it('are its command lines, with what was given further behind each', () => {
    assert.deepEqual(stepsOf('x', ['validate', 'check'], ['--at', 'HEAD']), [
      ['validate', '--at', 'HEAD'],
      ['check', '--at', 'HEAD'],
    ]);
  });

  it('take the value of a placeholder out of what was given, wherever it stands', () => {
    const runs = ['rollback --network {network} --to {to}', 'get {network} a'];
    assert.deepEqual(stepsOf('x', runs, ['--json', '--to=HEAD~1', '--network', 'bsc']), [
      ['rollback', '--network', 'bsc', '--to', 'HEAD~1', '--json'],
      ['get', 'bsc', 'a', '--json'],
    ]);
    assert.deepEqual(stepsOf('x', ['put --set hash={hash}'], ['--hash', 'a b=c']), [['put', '--set', 'hash=a b=c']]);
  });

  it('have the default where nothing was given', () => {
    assert.deepEqual(stepsOf('x', ['import leveldb {leveldb=leveldb/}'], []), [['import', 'leveldb', 'leveldb/']]);
    assert.deepEqual(stepsOf('x', ['import leveldb {leveldb=leveldb/}'], ['--', '--leveldb', '../db']), [
      ['import', 'leveldb', '../db'],
    ]);
  });

  it('leave what stands behind -- as it is', () => {
    assert.deepEqual(stepsOf('x', ['list {a=1}'], ['-q', '--', '--a', '2']), [['list', '1', '-q', '--', '--a', '2']]);
  });

  it('are refused without a value that is needed, naming all of them', () => {
    const { message, hint } = refusal(['blame {network} {contract}'], '--json');
    assert.match(message, /--network and --contract/);
    assert.equal(hint, 'stateroot run x --network <network> --contract <contract>');
    refusal(['list {a}'], '--a');
    refusal(['list {a}'], '--a', '--json');
    refusal(['list {a}'], '--a=');
    refusal(['list {a}'], '--a', '1', '--a', '2');
  });

  it('are shown with their defaults, and with the names of what is needed', () => {
    assert.equal(shownStep('bench full --save {to=x.json}'), 'stateroot bench full --save x.json');
    assert.equal(shownStep('get {network} {name}'), 'stateroot get <network> <name>');
  });
});
