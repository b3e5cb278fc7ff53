import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { helpText } from '../../src/cli/help.js';
import { findVerb, flagsOf, topics, verbs } from '../../src/cli/program.js';

describe('the table of verbs', () => {
  it('holds each verb once', () => {
    const names = verbs.map((verb) => verb.name);
    assert.equal(new Set(names).size, names.length);
  });

  it('loads every verb it lists', async () => {
    for (const verb of verbs) assert.equal(typeof (await verb.load()), 'function', verb.name);
  });

  it('gives no verb two flags of one name or letter', () => {
    for (const verb of verbs) {
      const typed = flagsOf(verb).flatMap(({ name, short }) => (short === undefined ? [name] : [name, short]));
      assert.equal(new Set(typed).size, typed.length, verb.name);
    }
  });

  it('takes a value for a flag in every verb or in none, so that a verb can be found behind it', () => {
    const valued = new Map<string, boolean>();
    for (const { name, value } of verbs.flatMap((verb) => flagsOf(verb))) {
      assert.equal(valued.get(name) ?? value !== undefined, value !== undefined, name);
      valued.set(name, value !== undefined);
    }
  });

  it('lets only the last word of a verb be optional or repeated', () => {
    for (const { name, positionals } of verbs) {
      const last = positionals.length - 1;
      const required = positionals.map((slot) => slot.required);
      assert.deepEqual([...required].sort().reverse(), required, name);
      assert.ok(
        positionals.every((slot, index) => slot.repeat !== true || index === last),
        name,
      );
    }
  });
});

describe('help', () => {
  it('names every verb that is for people', () => {
    const overview = helpText(null, false);
    for (const { name, group } of verbs) {
      if (group !== 'Git') assert.match(overview, new RegExp(`\\b${name}\\b`));
      assert.match(helpText(null, true), new RegExp(`^  ${name} `, 'm'));
    }
  });

  it('of a verb shows how it is called and every flag', () => {
    for (const verb of verbs) {
      const text = helpText(verb.name, false);
      assert.match(text, new RegExp(`^Usage {6}stateroot ${verb.name}`, 'm'));
      for (const flag of verb.flags) assert.ok(text.includes(`--${flag.name}`), `${verb.name} --${flag.name}`);
      for (const choice of verb.positionals.flatMap(({ choices = [] }) => choices))
        assert.match(text, new RegExp(`\\b${choice}\\b`), `${verb.name} ${choice}`);
    }
  });

  it('points only at verbs and topics that exist', () => {
    const known = [...verbs.map((verb) => verb.name), ...topics];
    for (const { name, seeAlso = '' } of verbs) {
      const named = seeAlso
        .replace(/\([^)]*\)|help --all/g, '')
        .split(/,\s*/)
        .map((word) => word.trim());
      for (const word of named.filter((text) => text !== '')) assert.ok(known.includes(word), `${name}: ${word}`);
    }
    assert.equal(findVerb('hook')?.group, 'Git');
  });

  it('explains the exit codes', () => {
    for (const code of ['0', '1', '2', '3', '4', '5', '130']) {
      assert.match(helpText('exit-codes', false), new RegExp(`^  ${code} `, 'm'));
    }
  });

  it('fits 100 columns where it is not an example', () => {
    const texts = [helpText(null, false), helpText(null, true), ...verbs.map((verb) => helpText(verb.name, false))];
    const wide = texts.flatMap((text) => text.split('\n')).filter((line) => line.length > 100);
    assert.deepEqual(
      wide.filter((line) => !line.startsWith('Example')),
      [],
    );
  });
});
