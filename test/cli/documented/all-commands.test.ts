import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Answer } from '../../../src/cli/documented/answer.js';
import { documentedCommands, topicsOfDocuments } from '../../../src/cli/documented/all-commands.js';
import { flagsOf, stepsOf } from '../../../src/cli/documented/steps-of.js';
import { parseCommandLine } from '../../../src/cli/parse.js';
import { findVerb } from '../../../src/cli/program.js';
import { namesInDocuments, requiredNames } from '../../support/documented-names.js';
import { neededWords, pendingVerbs } from '../../support/pending-verbs.js';

const commands = [...documentedCommands];

function runsOf(answer: Answer): readonly string[] {
  return 'runs' in answer ? answer.runs : [];
}

describe('the command names of the design documents', () => {
  it('are 206, each under one subject', () => {
    const listed = topicsOfDocuments.flatMap(({ answers }) => Object.keys(answers));
    assert.equal(listed.length, 206);
    assert.equal(documentedCommands.size, 206);
  });

  it('are those of the requirements, none missing and none more', (t) => {
    const names = requiredNames();
    if (names === null) {
      t.skip('the requirements are not here');
      return;
    }
    assert.equal(names.size, 206);
    assert.deepEqual([...documentedCommands.keys()].sort(), [...names].sort());
  });

  it('are all that documents 002 to 004 call by npm run', (t) => {
    const names = namesInDocuments();
    if (names === null) {
      t.skip('the design documents are not here');
      return;
    }
    assert.equal(names.size, 206);
    assert.deepEqual(
      [...names].filter((name) => !documentedCommands.has(name)),
      [],
    );
  });

  it('stand for command lines that parse', () => {
    for (const [name, answer] of commands) {
      for (const line of stepsOf(name, runsOf(answer), neededWords.get(name) ?? [])) {
        if (pendingVerbs.includes(line[0] ?? '')) continue;
        const invocation = parseCommandLine(line);
        assert.ok(invocation.kind === 'verb', `${name}: ${line.join(' ')}`);
        assert.notEqual(invocation.verb.passesOn, true, `${name} stands for itself`);
        assert.notEqual(invocation.verb.group, 'Git', `${name} is for git`);
      }
    }
  });

  it('wait for no verb that is there', () => {
    assert.deepEqual(
      pendingVerbs.filter((name) => findVerb(name) !== undefined),
      [],
    );
    const used = new Set(commands.flatMap(([, answer]) => runsOf(answer).map((run) => run.split(' ')[0] ?? '')));
    assert.deepEqual(
      pendingVerbs.filter((name) => !used.has(name)),
      [],
    );
  });

  it('need a flag exactly where one has no default', () => {
    const needing = commands.filter(([, answer]) => [...flagsOf(runsOf(answer)).values()].includes(null));
    assert.deepEqual(
      needing.map(([name]) => name),
      [...neededWords.keys()].sort(),
    );
  });

  it('that do not apply say why and what to do instead, in whole sentences', () => {
    const refused = commands.flatMap(([name, answer]) => ('not' in answer ? [{ name, ...answer }] : []));
    assert.ok(refused.length > 20);
    for (const { name, not, instead } of refused) {
      assert.match(not, /^[A-Z].{20,}\.$/, name);
      assert.match(instead, /^[A-Za-z].{10,}[^.]$/, name);
    }
  });

  it('never end a process, remove a lock, change a mode or tune the memory of another', () => {
    const forbidden = /\b(?:pkill|killall|kill -|rm -|chmod|max-old-space)/;
    for (const [name, answer] of commands) assert.doesNotMatch(JSON.stringify(answer), forbidden, name);
  });
});
