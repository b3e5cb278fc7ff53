import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe, it } from 'node:test';
import { publint } from 'publint';
import { hermeticEnvironment } from '../support/temp-repository.js';
import { packed } from './packed.js';

const repository = join(import.meta.dirname, '..', '..', '..');

describe('the package', { concurrency: false }, () => {
  it('has nothing that publint or attw complain about', async (t) => {
    const { tarball, installed } = packed(t);
    const { messages } = await publint({ pkgDir: installed, strict: true, pack: false });
    assert.deepEqual(messages, []);
    const attw = join(repository, 'node_modules', '@arethetypeswrong', 'cli', 'dist', 'index.js');
    const answer = spawnSync(process.execPath, [attw, tarball, '--profile', 'esm-only', '--no-color'], {
      encoding: 'utf8',
    });
    assert.equal(answer.status, 0, answer.stdout);
  });

  it('holds the program, the library with types, hooks, schemas and notices, and nothing of its making', (t) => {
    const { installed } = packed(t);
    const files = readdirSync(installed, { recursive: true, encoding: 'utf8' });
    // Beside the hooks themselves husky keeps its own folder, which is nobody else's.
    const names = readdirSync(join(repository, 'hooks')).filter((name) => name.startsWith('pre-'));
    const hooks = names.map((name) => `hooks/${name}`);
    assert.equal(hooks.length, 4);
    for (const file of [
      ...hooks,
      'hooks/merge-driver',
      'hooks/textconv',
      'LICENSE',
      'README.md',
      'dist/THIRD-PARTY-NOTICES.txt',
      'dist/index.d.ts',
      'dist/index.js',
      'dist/stateroot-rare.cjs',
      'dist/stateroot.cjs',
      'schemas/RULES.md',
      'schemas/network-file.schema.json',
      '.github/workflow-templates/problem-matcher.json',
      '.github/workflow-templates/state-check.yml',
      '.github/workflow-templates/state-comment.yml',
      '.github/workflow-templates/state-merge.yml',
      '.github/workflow-templates/state-watch.yml',
    ])
      assert.ok(files.includes(file), `${file} is missing`);
    assert.deepEqual(
      files.filter((file) => /^(?:src|test|build|node_modules|deployments)(?:\/|$)|\.test\.|\.map$/.test(file)),
      [],
    );
  });

  it('names the licence of every package whose code it carries', (t) => {
    const { installed } = packed(t);
    const notices = readFileSync(join(installed, 'dist', 'THIRD-PARTY-NOTICES.txt'), 'utf8');
    const bundled = [
      '@humanwhocodes/momoa',
      '@noble/hashes',
      'ajv',
      'canonicalize',
      'hash-wasm',
      'json-stable-stringify',
      'yargs-parser',
    ];
    for (const name of bundled) assert.match(notices, new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(\\S+\\)$`, 'm'));
    // esbuild writes the folder of each bundled module as a comment above its code.
    const programs = readdirSync(join(installed, 'dist')).filter((name) => name.endsWith('.cjs'));
    const program = programs.map((name) => readFileSync(join(installed, 'dist', name), 'utf8')).join('\n');
    const inside = new Set(
      [...program.matchAll(/^\/\/ (?:.*\/)?node_modules\/((?:@[^/\n]+\/)?[^/\n]+)\//gm)].map(([, name = '']) => name),
    );
    assert.ok(inside.size > 5);
    for (const name of inside) assert.ok(notices.includes(`\n${name} `), `${name} is bundled without a notice`);
  });

  it('works in an empty project: program, library and hooks', (t) => {
    const { project, installed } = packed(t);
    const env = hermeticEnvironment(project);
    const run = (...args: string[]) =>
      execFileSync(process.execPath, [join(installed, 'dist', 'stateroot.cjs'), ...args], {
        cwd: project,
        env,
        encoding: 'utf8',
      });
    const { version } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as { version: string };
    assert.equal(run('--version').trim(), version);
    for (const args of [
      ['init', '--quiet', '--initial-branch=main'],
      ['commit', '--quiet', '--allow-empty', '-m', 'begin'],
    ])
      execFileSync('git', args, { cwd: project, env });
    run(
      'put',
      'examplenet',
      'Token',
      '--chain-id=4242',
      `--set=implementation=0x7842539CE6B6d2051BEbC7CCF7e3e61f4765998F`,
    );
    assert.match(run('get', 'examplenet', 'Token', '--json'), /0x7842539CE6B6d2051BEbC7CCF7e3e61f4765998F/);
    run('init', '--yes');
    assert.ok(existsSync(join(project, '.git', 'hooks', 'pre-commit')));
    assert.ok(existsSync(join(project, '.github', 'workflows', 'state-check.yml')));
    writeFileSync(
      join(project, 'use.mjs'),
      "import * as stateroot from 'stateroot'; console.log(Object.keys(stateroot).length > 0);",
    );
    assert.equal(execFileSync(process.execPath, ['use.mjs'], { cwd: project, env, encoding: 'utf8' }).trim(), 'true');
  });
});
