import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import process from 'node:process';
import { describe, it } from 'node:test';
import { program } from '../support/command-line.js';
import type { TempRepository } from '../support/temp-repository.js';
import { situations } from './guide-situations.js';

type Section = {
  readonly title: string;
  readonly given: string | undefined;
  /** With the exit code each is to end with. */
  readonly commands: readonly { readonly line: string; readonly exit: number }[];
};

const page = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'operators-guide.md'), 'utf8');
const sections = page
  .split(/^(?=##+ )/m)
  .slice(1)
  .map(sectionOf);

describe("the operator's guide", () => {
  it('says for every command the situation it is for, and knows no situation that is not there', () => {
    const told = sections.filter(({ commands }) => commands.length > 0);
    assert.deepEqual(
      told.filter(({ given }) => given === undefined || !situations.has(given)).map(({ title }) => title),
      [],
    );
    assert.ok(told.length >= 10);
  });

  it('links to sections that are there', () => {
    const anchors = new Set(
      sections.map(({ title }) =>
        title
          .toLowerCase()
          .replaceAll(/[^\w -]/g, '')
          .replaceAll(' ', '-'),
      ),
    );
    const links = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor = '']) => anchor);
    assert.ok(links.length > 0);
    assert.deepEqual(
      links.filter((anchor) => !anchors.has(anchor)),
      [],
    );
  });

  for (const { title, given, commands } of sections) {
    if (commands.length === 0) continue;
    it(`does what it says: ${title}`, async (t) => {
      const temp = await situations.get(given ?? '')?.(t);
      assert.ok(temp !== undefined);
      for (const { line, exit } of commands) {
        const { status, stdout, stderr } = inShell(temp, line);
        assert.equal(status, exit, `${line}\n${stdout}${stderr}`);
      }
    });
  }
});

function sectionOf(text: string): Section {
  const blocks = [...text.matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, block = '']) => block);
  const lines = blocks.flatMap((block) => block.split('\n')).filter((line) => line.trim() !== '');
  return {
    title: /^#+ (.*)$/m.exec(text)?.[1] ?? '',
    given: /^<!-- given: (.*) -->$/m.exec(text)?.[1],
    commands: lines.map((line) => {
      return { line: line.replace(/\s+#.*$/, ''), exit: Number(/#.*\bexit (\d)/.exec(line)?.[1] ?? 0) };
    }),
  };
}

/** As it is typed, with `stateroot` in the PATH. */
function inShell(temp: TempRepository, line: string) {
  const shim = temp.at('.git', 'bin', 'stateroot');
  temp.write('.git/bin/stateroot', `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`);
  const path = `${dirname(shim)}${delimiter}${temp.env['PATH'] ?? ''}`;
  spawnSync('chmod', ['+x', shim]);
  return spawnSync('sh', ['-c', line], { cwd: temp.path, env: { ...temp.env, PATH: path }, encoding: 'utf8' });
}
