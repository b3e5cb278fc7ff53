import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { findVerb, flagsOf, verbs } from '../../src/cli/program.js';
import { globalFlags } from '../../src/cli/program/flags.js';
import { rules } from '../../src/core/inspect/rules.js';
import { inspectFile } from '../../src/core/inspect/inspect.js';
import { networkFilePath } from '../../src/core/layout.js';

const root = join(import.meta.dirname, '..', '..', '..');
const readme = read('README.md');
const rulesText = rules.map((rule) => `${rule.meaning}\n${rule.remedy}`);
const documents = [readme, ...['CONTRIBUTING.md', 'SECURITY.md', 'src/README.md'].map(read), ...rulesText].join('\n');

describe('the documents', () => {
  it('name only commands and flags that exist', () => {
    const lines = [...documents.matchAll(/\bstateroot ([a-z][a-z-]*)\b([^`\n#]*)/g)].filter(isCommand);
    assert.ok(lines.length > 10, `only ${lines.length} command lines found`);
    const wrong = lines.flatMap(([, name = '', rest = '']) => {
      const verb = findVerb(name);
      if (verb === undefined) return name === 'help' ? [] : [name];
      const known = new Set(flagsOf(verb).map((flag) => flag.name));
      return flagsIn(rest).flatMap((flag) => (known.has(flag) ? [] : [`${name} --${flag}`]));
    });
    assert.deepEqual(wrong, []);
  });

  it('name only flags that some command has', () => {
    const known = new Set([...verbs.flatMap((verb) => verb.flags), ...globalFlags].map((flag) => flag.name));
    const alone = [...readme.matchAll(/`(--[a-z-]+)[^`]*`/g)].flatMap(([, flag = '']) => flagsIn(flag));
    assert.ok(alone.length > 3);
    assert.deepEqual(
      alone.filter((flag) => !known.has(flag)),
      [],
    );
  });

  it('and the hints of refusals send nobody to a command that is not there', () => {
    const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.endsWith('.ts') && !name.startsWith('core/sample'),
    );
    const hints = sources.flatMap((name) => [...read(join('src', name)).matchAll(/['`]stateroot ([a-z][a-z-]+)/g)]);
    assert.ok(hints.length > 30, `only ${hints.length} hints found`);
    const wrong = hints
      .map((match) => match[1] ?? '')
      .filter((name) => findVerb(name) === undefined && name !== 'help');
    assert.deepEqual(wrong, []);
  });

  it('list every command in the README', () => {
    const missing = verbs.filter((verb) => verb.group !== 'Git' && !readme.includes(`\`${verb.name}`));
    assert.deepEqual(
      missing.map((verb) => verb.name),
      [],
    );
  });

  it('show a network file that is valid to the byte', () => {
    const example = /```json\n(.*?)```/s.exec(readme)?.[1] ?? '';
    const path = networkFilePath('', 'basesepolia');
    assert.deepEqual(inspectFile({ path, mode: '100644', bytes: Buffer.from(example) }), []);
  });
});

/** In code: `stateroot put …`, or a line of a block; not "stateroot keeps that state". */
function isCommand(match: RegExpExecArray): boolean {
  const before = match.input.slice(0, match.index);
  return before.endsWith('`') || before.endsWith('npx ') || before.endsWith('$ ');
}

function flagsIn(text: string): string[] {
  return [...text.matchAll(/--([a-z][a-z-]*)/g)].map((match) => match[1] ?? '');
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}
