import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { sealedText } from '../../../src/core/text/sealed-text.js';
import { statejson, stateroot } from '../../support/command-line.js';
import { type TempRepository, tempRepository } from '../../support/temp-repository.js';
import { parseWorkflow } from '../../support/workflow-yaml.js';

const check = '.github/workflows/state-check.yml';
const comment = '.github/workflows/state-comment.yml';
const merge = '.github/workflows/state-merge.yml';
const watch = '.github/workflows/state-watch.yml';

const read = (temp: TempRepository, path: string): string => readFileSync(temp.at(path), 'utf8');
const shown = (temp: TempRepository, ...args: string[]) => stateroot(temp, ['init', ...args]).stdout;

function actions(temp: TempRepository, ...args: string[]): Record<string, string> {
  const { parts } = statejson(temp, ['init', ...args]).data as { parts: { target: string; action: string }[] };
  return Object.fromEntries(
    parts.filter(({ target }) => target.startsWith('.github')).map(({ target, action }) => [target, action]),
  );
}

describe('the workflows that init writes', () => {
  it('are on request also the one that judges and measures every day, with commands that are there', (t) => {
    const temp = tempRepository(t);
    assert.deepEqual(actions(temp, '--watch-workflow'), { [check]: 'create', [comment]: 'create', [watch]: 'create' });
    const { on, jobs } = parseWorkflow(read(temp, watch)) as unknown as {
      on: Record<string, unknown>;
      jobs: Record<string, { steps: { run?: string }[] }>;
    };
    assert.deepEqual(Object.keys(on), ['schedule', 'workflow_dispatch']);
    const commands = (jobs['watch']?.steps ?? []).flatMap(
      ({ run }) => /^npx --no-install stateroot (.*)$/.exec(run ?? '')?.[1] ?? [],
    );
    const words = commands.map((line) => line.split(' ').filter((word) => !word.startsWith('-')));
    assert.deepEqual(
      words.map(([verb = '']) => verb),
      ['validate', 'check', 'health', 'bench', 'bench'],
    );
    assert.deepEqual(
      words.slice(3).map(([, mode]) => mode),
      ['validate', 'quick'],
    );
    for (const line of commands) assert.equal(stateroot(temp, [...line.split(' '), '--help']).code, 0, line);
  });

  it('are the review, and the merge on request; shown first, taken out again', (t) => {
    const temp = tempRepository(t);
    assert.match(shown(temp, '--dry-run'), /state-check\.yml/);
    assert.equal(existsSync(temp.at('.github')), false);
    assert.deepEqual(actions(temp), { [check]: 'create', [comment]: 'create' });
    assert.equal(existsSync(temp.at(merge)), false);
    assert.deepEqual(actions(temp, '--merge-workflow'), { [check]: 'none', [comment]: 'none', [merge]: 'create' });
    assert.deepEqual(actions(temp), { [check]: 'none', [comment]: 'none', [merge]: 'none' });
    assert.equal(parseWorkflow(read(temp, check))['name'], 'state-check');
    assert.deepEqual(actions(temp, '--remove'), { [check]: 'remove', [comment]: 'remove', [merge]: 'remove' });
    assert.equal(existsSync(temp.at('.github')), false);
  });

  it('stay once they are edited, and so does what was there', (t) => {
    const temp = tempRepository(t);
    temp.write(comment, 'name: mine\n');
    stateroot(temp, ['init']);
    writeFileSync(temp.at(check), read(temp, check).replace("'22'", "'24'"));
    const mine = read(temp, check);
    assert.deepEqual(actions(temp), { [check]: 'keep', [comment]: 'keep' });
    stateroot(temp, ['init', '--remove']);
    assert.deepEqual([read(temp, check), read(temp, comment)], [mine, 'name: mine\n']);
  });

  it('are brought up to date where an older text of ours stands, with LF or CRLF', (t) => {
    const temp = tempRepository(t);
    stateroot(temp, ['init']);
    const text = read(temp, check);
    const [line = ''] = text.split('\n');
    writeFileSync(temp.at(check), sealedText(line.slice(0, -64), 'name: an older text of ours\n'));
    assert.equal(actions(temp)[check], 'extend');
    assert.equal(read(temp, check), text);
    writeFileSync(temp.at(check), text.replaceAll('\n', '\r\n'));
    assert.equal(actions(temp)[check], 'none');
    assert.equal(stateroot(temp, ['init', '--remove']).code, 0);
    assert.equal(existsSync(temp.at(check)), false);
  });

  it('install a project below the top where it is', (t) => {
    const temp = tempRepository(t);
    temp.write('packages/a b/readme', 'x');
    temp.write('other/readme', 'x');
    stateroot(temp, ['init'], { folder: 'packages/a b' });
    const text = read(temp, check);
    assert.match(text, /^ {4}working-directory: "packages\/a b"$/m);
    stateroot(temp, ['init'], { folder: 'other' });
    assert.equal(read(temp, check), text);
  });

  it('are not written for a repository that is kept elsewhere than on GitHub', (t) => {
    const temp = tempRepository(t);
    temp.git('remote', 'add', 'origin', 'https://git.example.org/owner/repository.git');
    assert.deepEqual(actions(temp), {});
    temp.git('remote', 'set-url', 'origin', 'git@github.com:owner/repository.git');
    assert.deepEqual(actions(temp), { [check]: 'create', [comment]: 'create' });
  });
});
