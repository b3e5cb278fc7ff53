import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { documentedCommands } from '../../../src/cli/documented/all-commands.js';
import { addScripts, npmScriptNames, takeOutScripts } from '../../../src/commands/setup/npm-scripts.js';

type Manifest = { readonly scripts?: Readonly<Record<string, string>> };

function added(manifest: string): string {
  const text = addScripts(manifest);
  assert.ok(text !== null, manifest);
  return text;
}

function scriptsOf(manifest: string): Readonly<Record<string, string>> {
  return (JSON.parse(manifest) as Manifest).scripts ?? {};
}

describe('npm scripts', () => {
  it('are names of the documents', () => {
    for (const name of npmScriptNames) assert.ok(documentedCommands.has(name), name);
  });

  it('come in with the indentation and line ends of the file, first among the others', () => {
    const text = added('{\r\n\t"name": "x",\r\n\t"scripts": {\r\n\t\t"test": "true"\r\n\t}\r\n}\r\n');
    assert.ok(
      text.includes('"scripts": {\r\n\t\t"state:validate": "stateroot run state:validate",\r\n\t\t"state:migrate"'),
    );
    assert.deepEqual(Object.keys(scriptsOf(text)), [...npmScriptNames, 'test']);
  });

  it('come into the member of the manifest, not into one of the same name elsewhere', () => {
    const text = added('{\n  "config": { "scripts": { "a": "b" } },\n  "scripts": { "c": "d" }\n}\n');
    assert.deepEqual((JSON.parse(text) as { config: unknown }).config, { scripts: { a: 'b' } });
    assert.equal(scriptsOf(text)['state:validate'], 'stateroot run state:validate');
  });

  it('never replace one of the same name', () => {
    const manifest = '{\n  "scripts": {\n    "state:backup": "cp -r deployments /backup"\n  }\n}\n';
    const text = added(manifest);
    assert.equal(scriptsOf(text)['state:backup'], 'cp -r deployments /backup');
    assert.equal(Object.keys(scriptsOf(text)).length, npmScriptNames.length);
    assert.equal(takeOutScripts(text), manifest);
  });

  it('are added once', () => {
    const text = added('{\n  "name": "x"\n}\n');
    assert.equal(addScripts(text), text);
  });

  it('are left to the user where no place for them is certain', () => {
    for (const manifest of ['', '[]', '{}', '{"scripts": {}}', '{"scripts": []}', '{ "a": 1, }', '{"a": 1} // b']) {
      assert.equal(addScripts(manifest), null, manifest);
      assert.equal(takeOutScripts(manifest), manifest);
    }
  });

  it('leave the scripts that were added beside them since', () => {
    const theirs = added('{\n  "name": "x"\n}\n').replace('"scripts": {', '"scripts": {\n    "mine": "true",');
    assert.deepEqual(scriptsOf(takeOutScripts(theirs)), { mine: 'true' });
    const last = added('{\n  "name": "x",\n  "scripts": { "mine": "true" }\n}\n').replace(/, "mine": "true"/, '');
    assert.deepEqual(scriptsOf(takeOutScripts(last)), {});
  });

  it('that were changed since stay', () => {
    const text = added('{\n  "scripts": {\n    "a": "b"\n  }\n}\n').replace('run state:backup', 'run state:backup -q');
    assert.deepEqual(scriptsOf(takeOutScripts(text)), { 'state:backup': 'stateroot run state:backup -q', a: 'b' });
  });

  it('give back every byte when they are taken out', () => {
    const layouts = fc.constantFrom<[string | number, string]>([2, '\n'], [4, '\n'], ['\t', '\r\n'], [0, '\n']);
    const members = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.constant({ scripts: { a: 'b' } })), {
      minKeys: 1,
    });
    const scripts = fc.dictionary(fc.oneof(fc.string(), fc.constantFrom(...npmScriptNames)), fc.string(), {
      minKeys: 1,
    });
    fc.assert(
      fc.property(members, fc.option(scripts), layouts, fc.boolean(), (manifest, own, [indent, eol], first) => {
        const entries: [string, unknown][] = Object.entries(manifest).filter(([key]) => key !== 'scripts');
        const mine: [string, unknown][] = own === null ? [] : [['scripts', own]];
        const value: Readonly<Record<string, unknown>> = Object.fromEntries<unknown>(
          first ? [...mine, ...entries] : [...entries, ...mine],
        );
        fc.pre(Object.keys(value).length > 0);
        const text = `${JSON.stringify(value, null, indent).replaceAll('\n', eol)}${eol}`;
        const after = added(text);
        assert.equal(takeOutScripts(after), text);
        for (const name of npmScriptNames) {
          assert.equal(scriptsOf(after)[name], own?.[name] ?? `stateroot run ${name}`);
        }
      }),
    );
  });
});
