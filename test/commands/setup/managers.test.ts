import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { withoutBlocks } from '../../../src/commands/setup/block.js';
import { gateHooks } from '../../../src/commands/setup/gate-hooks.js';
import { addToLefthook } from '../../../src/commands/setup/lefthook.js';
import { addToPreCommit } from '../../../src/commands/setup/pre-commit-config.js';

const lefthook = (text: string) => addToLefthook(text, gateHooks);
const preCommit = (text: string) => addToPreCommit(text, gateHooks);

/** What is added, without our marks: the lines and where they stand. */
function added(text: string, add: typeof lefthook): string {
  const result = add(text);
  assert.ok(result.ok);
  return result.text;
}

const starts = ['', 'repos:\n', 'repos:\n- repo: meta\n', 'pre-commit:\n  commands:\n    lint:\n'];
const soup = fc
  .array(
    fc.constantFrom(
      'repos:',
      'pre-commit:',
      'pre-push: # here',
      '  commands:',
      '    lint:',
      '      run: |',
      '        echo',
      '  jobs:',
      '  - run: x',
      '- repo: local',
      '  hooks: []',
      '# note',
      '  # note',
      '',
      '\t',
      'a: "b"',
      '---',
      'x: {',
      '}',
      '  commands: {}',
      '  <<: *a',
      '    stateroot:',
    ),
    { maxLength: 12 },
  )
  .chain((lines) => fc.constantFrom(lines.join('\n'), `${lines.join('\n')}\n`, lines.join('\r\n')))
  .chain((lines) => fc.constantFrom(...starts).map((start) => start + lines));

describe("a hook manager's configuration", () => {
  for (const [name, add] of [
    ['lefthook', lefthook],
    ['pre-commit', preCommit],
  ] as const) {
    it(`of ${name} is given back byte for byte, and a second time is the first`, () => {
      let changed = 0;
      fc.assert(
        fc.property(soup, (text) => {
          const result = add(text);
          if (!result.ok) return;
          changed += 1;
          assert.equal(withoutBlocks(result.text), text);
          assert.deepEqual(add(withoutBlocks(result.text)), result);
        }),
        { numRuns: 2000 },
      );
      assert.ok(changed > 20, `only ${changed} texts were plain enough`);
    });
  }

  it('of lefthook gets a command below the commands that are there, as deep as they stand', () => {
    const text = 'pre-commit:\n    commands: # mine\n        # first\n        lint:\n            run: eslint\n';
    assert.match(
      added(text, lefthook),
      /^pre-commit:\n {4}commands: # mine\n {8}# >>> stateroot >>>\n {8}stateroot:\n {10}run: sh \.stateroot\/hooks\/pre-commit\n {8}# <<< stateroot <<<\n {8}# first\n {8}lint:/,
    );
  });

  it('of lefthook gets commands where a hook has none, and hooks at the end', () => {
    const text = added('pre-push:\n  jobs:\n    - run: cat\n', lefthook);
    assert.match(
      text,
      /^pre-push:\n {2}# >>> stateroot >>>\n {2}commands:\n {4}stateroot:\n {6}run: [^]*use_stdin: true\n/,
    );
    assert.match(text, /run: cat\n# >>> stateroot >>>\npre-commit:\n {2}commands:\n[^]*\npre-merge-commit:\n/);
  });

  for (const text of [
    'pre-commit: { commands: { lint: { run: eslint } } }\n',
    'pre-commit:\n  <<: *shared\n',
    'pre-commit:\n  commands: *shared\n',
    'pre-commit:\n  commands:\n    stateroot:\n      run: "true"\n',
    'pre-commit:\n',
    '"pre-commit":\n  parallel: true\n',
    'pre-commit:\n\tcommands:\n',
    '{\n  "pre-commit": {}\n}\n',
    'a: 1\n...\nb: 2\n',
    'pre-commit:\n  parallel: true\npre-commit:\n  parallel: false\n',
  ]) {
    it(`of lefthook is left alone in the form ${JSON.stringify(text)}`, () => {
      const result = lefthook(text);
      assert.ok(!result.ok);
      assert.match(result.lines, /^pre-commit:\n {2}commands:\n {4}stateroot:/);
    });
  }

  it('of pre-commit gets its entries first in the list, as deep as it stands', () => {
    for (const indent of ['', '  ', '      ']) {
      const text = added(
        `exclude: ^x\nrepos:\n\n${indent}# note\n${indent}- repo: meta\n${indent}  hooks: []\n`,
        preCommit,
      );
      assert.ok(text.startsWith(`exclude: ^x\nrepos:\n${indent}# >>> stateroot >>>\n${indent}- repo: local\n`));
      for (const hook of gateHooks) assert.ok(text.includes(`${indent}      stages: [${hook}]\n`));
    }
  });

  for (const text of [
    '',
    'repos: []\n',
    'repos: &all\n- repo: meta\n',
    'repos:\n',
    '- repo: meta\n',
    'repos:\n- repo: a\nrepos:\n- repo: b\n',
    '"repos":\n- repo: meta\n',
    'repos: [\n{repo: meta}\n]\n',
    '---\nrepos:\n- repo: meta\n---\n',
  ]) {
    it(`of pre-commit is left alone in the form ${JSON.stringify(text)}`, () => {
      const result = preCommit(text);
      assert.ok(!result.ok);
      assert.match(result.lines, /^repos:\n {2}- repo: local\n/);
    });
  }
});
