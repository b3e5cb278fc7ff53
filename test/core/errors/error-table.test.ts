import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseCommandLine } from '../../../src/cli/parse.js';
import { findVerb } from '../../../src/cli/program.js';
import { StateManagerErrorCode } from '../../../src/core/errors/documented-codes.js';
import { codeNames, explainCode, meansCode } from '../../../src/core/errors/error-table.js';
import { exitCodes } from '../../../src/errors.js';

const documented = [
  ...['LEVELDB_READ_ERROR', 'LEVELDB_WRITE_ERROR', 'JSON_LOAD_ERROR', 'JSON_PARSE_ERROR', 'JSON_WRITE_ERROR'],
  ...['DUAL_WRITE_FAILED', 'VALIDATION_FAILED', 'NOT_FOUND', 'CHECKSUM_MISMATCH', 'SecurityError'],
  ...Object.values(StateManagerErrorCode),
  ...['1', '2', '3', '4', '5'].map((digit) => `MIGRATION-00${digit}`),
  ...['JSON-001', 'JSON-002', 'JSON-003', 'LEVELDB-001', 'LEVELDB-002'],
];
const entries = codeNames.map((name) => ({ name, entry: explainCode(name) }));

/** Every shell command of the table, one by one. */
const commands = entries.flatMap(({ name, entry }) =>
  (entry?.resolution ?? []).flatMap(([, command]) =>
    command === undefined ? [] : command.split(' && ').map((one) => ({ name, command: one })),
  ),
);

describe('the table of error codes', () => {
  it('has every code that can be thrown, and every name of the documents', () => {
    for (const code of [...Object.keys(exitCodes), ...documented]) {
      const entry = explainCode(code);
      assert.ok(entry !== null, code);
      assert.ok(entry.causes.length > 0 && entry.resolution.length > 0, code);
      for (const text of [entry.message, entry.prevention, ...entry.causes]) assert.match(text, /^[^ ].{8,}$/, code);
    }
  });

  it('holds each name once, whatever its case', () => {
    assert.equal(new Set(codeNames.map((name) => name.toLowerCase())).size, codeNames.length);
  });

  it('is asked without case, and knows no more than it holds', () => {
    assert.equal(explainCode('migration-003')?.code, 'MIGRATION-003');
    assert.equal(explainCode('Not_Found')?.exit, 1);
    for (const word of ['', 'constructor', '__proto__', 'toString', 'MIGRATION-006']) {
      assert.equal(explainCode(word), null, word);
    }
  });

  it('names both ways: ours for theirs, and theirs for ours', () => {
    for (const { name, entry } of entries) {
      for (const other of entry?.alsoKnownAs ?? []) {
        const back = explainCode(other);
        assert.ok(back?.code === entry?.code || back?.alsoKnownAs.includes(entry?.code ?? ''), `${name} and ${other}`);
      }
    }
    assert.deepEqual(explainCode('SecurityError')?.code, 'ACCESS_DENIED');
    assert.ok(explainCode('ACCESS_DENIED')?.alsoKnownAs.includes('SecurityError'));
  });

  it('says which of our codes a name of the documents means', () => {
    assert.ok(meansCode('NOT_FOUND', StateManagerErrorCode.NOT_FOUND));
    assert.ok(meansCode('JSON_WRITE_ERROR', StateManagerErrorCode.WRITE_FAILED));
    assert.ok(meansCode('BACKEND_UNAVAILABLE', StateManagerErrorCode.BACKEND_UNAVAILABLE));
    assert.ok(meansCode('ACCESS_DENIED', 'SecurityError'));
    assert.ok(!meansCode('NOT_FOUND', StateManagerErrorCode.WRITE_FAILED));
  });
});

describe('the commands of the table', () => {
  it('are ours and can be typed, or git', () => {
    assert.ok(commands.length > 80, `only ${commands.length} commands found`);
    for (const { name, command } of commands) {
      const [program, ...words] = command.split(' ');
      if (program === 'git') continue;
      assert.equal(program, 'stateroot', `${name}: ${command}`);
      assert.doesNotThrow(() => parseCommandLine(words), `${name}: ${command}`);
    }
  });

  it('end nobody else, remove no lock, and call no script of the old tool', () => {
    const texts = entries.map(({ entry }) => JSON.stringify(entry));
    for (const text of texts) assert.doesNotMatch(text, /pkill|killall|kill -|\brm -|rm [a-z./]*LOCK|npm run|chmod/);
  });

  it('that stand inside sentences exist too', () => {
    const quoted = entries.flatMap(({ entry }) => [...JSON.stringify(entry).matchAll(/`stateroot ([a-z]+)[^`]*`/g)]);
    assert.ok(quoted.length > 10);
    for (const [text, verb = ''] of quoted) assert.notEqual(findVerb(verb), undefined, text);
  });
});
