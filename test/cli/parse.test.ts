import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Invocation, parseCommandLine } from '../../src/cli/parse.js';
import { StateManagerError } from '../../src/errors.js';

function verb(...argv: string[]): Extract<Invocation, { kind: 'verb' }> {
  const invocation = parseCommandLine(argv);
  assert.ok(invocation.kind === 'verb');
  return invocation;
}

function refusal(...argv: string[]): string {
  try {
    parseCommandLine(argv);
  } catch (error) {
    assert.ok(error instanceof StateManagerError);
    assert.equal(error.code, 'BAD_USAGE');
    assert.notEqual(error.hint, undefined);
    return error.message;
  }
  return assert.fail(`${argv.join(' ')} was understood`);
}

describe('a command line', () => {
  it('of a verb that passes on leaves what stands behind its first word unparsed', () => {
    const { verb: found, args } = verb(
      '-C',
      'x',
      'run',
      '--json',
      'state:validate',
      '--at',
      'HEAD',
      '-q',
      '--',
      'list',
    );
    assert.deepEqual([found.name, args['cwd'], args['json'], args['quiet']], ['run', 'x', true, undefined]);
    assert.deepEqual([args['name'], args['arguments']], ['state:validate', ['--at', 'HEAD', '-q', '--', 'list']]);
    assert.equal(verb('run', '--list').args['list'], true);
    refusal('run', '--at', 'HEAD', 'state:validate');
  });

  it('without words is status', () => {
    assert.equal(verb().verb.name, 'status');
    assert.equal(verb('--json').verb.name, 'status');
  });

  it('keeps every value the text that was typed', () => {
    const { args } = verb('put', 'bsc', '0x10', '--chain-id', '0x38', '--set', 'a.b=1e3', '--set=c==');
    assert.deepEqual([args['network'], args['name'], args['chain-id']], ['bsc', '0x10', '0x38']);
    assert.deepEqual(args['set'], ['a.b=1e3', 'c==']);
    assert.equal(verb('get', '007', '1.0').args['name'], '1.0');
  });

  it('keeps quotes, commas and empty values inside an assignment', () => {
    assert.equal(verb('put', 'a', 'b', '--set', 'x="1"').args['set'], 'x="1"');
    assert.equal(verb('put', 'a', 'b', '--set', "x='1,2'").args['set'], "x='1,2'");
    assert.equal(verb('put', 'a', 'b', '--set', 'x=').args['set'], 'x=');
  });

  it('takes -C and the other global flags anywhere', () => {
    for (const argv of [
      ['-C', 'x', 'get', 'a', 'b'],
      ['get', '-C', 'x', 'a', 'b'],
      ['get', 'a', 'b', '--cwd=x'],
    ]) {
      const { verb: found, args } = verb(...argv);
      assert.deepEqual([found.name, args['cwd'], args['network'], args['name']], ['get', 'x', 'a', 'b']);
    }
    assert.equal(verb('--json', '-q', 'list').args['quiet'], true);
    assert.equal(verb('list', '--no-color').args['no-color'], true);
  });

  it('takes --reporter json and --format json for --json', () => {
    assert.equal(verb('validate', '--reporter', 'json').args['json'], true);
    assert.equal(verb('diff', '--format=json').args['json'], true);
    assert.equal(verb('validate', '--reporter', 'sarif').args['json'], undefined);
  });

  it('ends its options at --', () => {
    const { args } = verb('get', '--json', '--', '-n', '--help');
    assert.deepEqual([args['network'], args['name'], args['json']], ['-n', '--help', true]);
  });

  it('takes - for stdin as a word and as a value', () => {
    assert.equal(verb('apply', '-').args['file'], '-');
    assert.equal(verb('put', 'a', 'b', '--from', '-').args['from'], '-');
  });

  it('collects repeated words', () => {
    assert.deepEqual(verb('validate', 'a', 'b', 'c').args['paths'], ['a', 'b', 'c']);
    assert.deepEqual(verb('validate').args['paths'], []);
  });

  it('combines short switches', () => {
    const { args } = verb('put', 'a', 'b', '--set', 'x=1', '-ny');
    assert.deepEqual([args['dry-run'], args['yes']], [true, true]);
  });

  it('asks for help by word, by flag and by verb', () => {
    assert.deepEqual(pick(parseCommandLine(['help'])), ['help', null, false]);
    assert.deepEqual(pick(parseCommandLine(['--help'])), ['help', null, false]);
    assert.deepEqual(pick(parseCommandLine(['help', '--all'])), ['help', null, true]);
    assert.deepEqual(pick(parseCommandLine(['help', 'put'])), ['help', 'put', false]);
    assert.deepEqual(pick(parseCommandLine(['put', '-h'])), ['help', 'put', false]);
    assert.deepEqual(pick(parseCommandLine(['help', 'exit-codes'])), ['help', 'exit-codes', false]);
    assert.equal(parseCommandLine(['--version']).kind, 'version');
  });

  it('names the command that was meant', () => {
    assert.match(refusal('rolback', 'x'), /rollback/);
    assert.match(refusal('help', 'putt'), /put/);
    assert.doesNotMatch(refusal('xyzzy'), /Did you mean/);
  });

  it('names the flag that was meant', () => {
    assert.match(refusal('put', 'a', 'b', '--form', 'x'), /--from/);
  });

  it('refuses a flag of another verb', () => {
    for (const argv of [
      ['get', 'a', 'b', '--yes'],
      ['put', 'a', 'b', '--at', 'HEAD'],
      ['list', '--from', 'x'],
      ['get', 'a', 'b', '--no-json'],
      ['get', 'a', 'b', '-x'],
      ['get', 'a', 'b', '--constructor'],
      ['get', 'a', 'b', '--__proto__', 'x'],
    ]) {
      refusal(...argv);
    }
  });

  it('refuses words that are missing, too many or empty', () => {
    assert.match(refusal('get', 'bsc'), /<name\|address>/);
    assert.match(refusal('get', 'a', 'b', 'c'), /"c"/);
    refusal('get', 'a', '');
  });

  it('refuses a value that is missing, empty, repeated or not among the choices', () => {
    assert.match(refusal('get', 'a', 'b', '--at'), /--at/);
    assert.match(refusal('get', 'a', 'b', '--at='), /--at/);
    assert.match(refusal('get', 'a', 'b', '--at', 'x', '--at', 'y'), /2 times/);
    assert.match(refusal('diff', '--format', 'jsn'), /Did you mean json/);
    assert.match(refusal('import', 'levledb', 'x'), /Did you mean leveldb/);
    assert.match(refusal('get', 'a', 'b', '--cwd', 'x', '-C', 'y'), /--cwd/);
  });
});

function pick(invocation: Invocation): unknown[] {
  assert.ok(invocation.kind === 'help');
  return [invocation.kind, invocation.topic, invocation.all];
}
