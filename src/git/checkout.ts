import { realpathSync } from 'node:fs';
import { relative, sep } from 'node:path';
import process from 'node:process';
import { StateManagerError } from '../errors.js';
import type { Checkout, CheckoutFacts, Upstream } from '../ports/checkout.js';
import { readCheckoutFile, removeCheckoutFile, writeCheckoutFile } from './checkout-file.js';
import { findCheckout } from './checkout-place.js';
import { hasProgram } from './has-program.js';
import { findHooks } from './hooks-place.js';
import { findIgnoredScripts } from './npm-scripts.js';
import { readSettings } from './settings.js';
import { runGit } from './run.js';
import { type StrictGit, strictGit } from './strict-git.js';

/** Opens the checkout around `cwd`. Throws NOT_A_REPOSITORY and BARE_REPOSITORY. */
export async function openCheckout(cwd: string): Promise<Checkout> {
  const place = await findCheckout(cwd, process.env);
  const git = strictGit(place.top);
  // simple-git waits 50 ms after every command that says nothing, and most answers here are exit codes.
  const plumbing: StrictGit = async (...args) =>
    (await runGit(args, { cwd: place.top, env: process.env })).stdout.toString('utf8');
  return {
    prefix: relative(place.top, realpathSync(cwd)).split(sep).join('/'),
    root: place.root,
    facts: () => readFacts(git),
    hooks: () => findHooks(plumbing, place),
    hasIdentity: () => succeeds(plumbing('var', 'GIT_COMMITTER_IDENT')),
    upstream: () => readUpstream(git),
    edited: (paths) => readEdited(git, paths),
    conflicted: (paths) => readConflicted(git, paths),
    attributes: (path) => readAttributes(plumbing, path),
    ignored: (path) => succeeds(plumbing('check-ignore', '--quiet', '--', path)),
    settings: () => readSettings(git),
    npmIgnoresScripts: () => findIgnoredScripts(place.top, process.env),
    hasProgram: (word) => hasProgram(place.top, word, process.env),
    config: (key) => answerOf(plumbing('config', '--local', '--get', key)),
    setConfig: (key, value) => writeConfig(plumbing, key, value),
    readFile: (path) => readCheckoutFile(place.top, path),
    writeFile: (path, text, executable) => writeCheckoutFile(place.top, path, text, executable),
    removeFile: (path, emptied) => removeCheckoutFile(place.top, path, emptied),
  };
}

async function readFacts(git: StrictGit): Promise<CheckoutFacts> {
  const [version, about, worktrees] = await Promise.all([
    git('version'),
    git('rev-parse', '--is-shallow-repository', '--show-object-format'),
    git('worktree', 'list', '--porcelain'),
  ]);
  const [shallow = '', objectFormat = ''] = about.split('\n');
  return {
    gitVersion: /\d+(?:\.\d+)+/.exec(version)?.[0] ?? version.trim(),
    shallow: shallow === 'true',
    objectFormat,
    worktrees: worktrees.split('\n').filter((line) => line.startsWith('worktree ')).length,
  };
}

async function readUpstream(git: StrictGit): Promise<Upstream | null> {
  const name = await answerOf(git('rev-parse', '--abbrev-ref', '--symbolic-full-name', '@{upstream}'));
  if (name === null) return null;
  const counts = await answerOf(git('rev-list', '--left-right', '--count', '@{upstream}...HEAD'));
  const [behind = 0, ahead = 0] = (counts ?? '').split('\t').map(Number);
  return { name, ahead, behind };
}

async function readEdited(git: StrictGit, paths: readonly string[]): Promise<string[]> {
  if (paths.length === 0) return [];
  const specs = topLevel(paths);
  const args = ['status', '--porcelain=v1', '-z', '--untracked-files=all', '--no-renames', '--', ...specs];
  const entries = (await git(...args)).split('\0').filter((entry) => entry !== '');
  return entries.map((entry) => entry.slice(3)).sort();
}

async function readConflicted(git: StrictGit, paths: readonly string[]): Promise<string[]> {
  if (paths.length === 0) return [];
  const args = ['diff', '--name-only', '-z', '--diff-filter=U', '--', ...topLevel(paths)];
  return (await git(...args)).split('\0').filter((path) => path !== '');
}

function topLevel(paths: readonly string[]): string[] {
  return paths.map((path) => `:(top,literal)${path}`);
}

async function readAttributes(git: StrictGit, path: string): Promise<Map<string, string>> {
  const fields = (await git('check-attr', '-z', '-a', '--', path)).split('\0');
  const attributes = new Map<string, string>();
  for (let index = 0; index + 2 < fields.length; index += 3) {
    attributes.set(fields[index + 1] ?? '', fields[index + 2] ?? '');
  }
  return attributes;
}

async function writeConfig(git: StrictGit, key: string, value: string | null): Promise<void> {
  if (value === null) await git('config', '--local', '--unset-all', key);
  else await git('config', '--local', '--replace-all', key, value);
}

/** A command that says no by failing. A git that is missing is no answer. */
async function answerOf(asked: Promise<string>): Promise<string | null> {
  try {
    return (await asked).replace(/\n$/, '');
  } catch (error) {
    if (error instanceof StateManagerError && error.code === 'GIT_FAILED') return null;
    throw error;
  }
}

async function succeeds(asked: Promise<string>): Promise<boolean> {
  return (await answerOf(asked)) !== null;
}
