import type { Readable } from 'node:stream';
import type { Checkout } from '../ports/checkout.js';
import type { Merges } from '../ports/merges.js';
import type { Unmerged } from '../ports/unmerged.js';
import type { Remotes } from '../ports/remotes.js';
import type { MergeCommits } from '../ports/merge-commits.js';
import type { StateChanges } from '../ports/state-changes.js';
import type { StateRepository } from '../ports/state-repository.js';
import { flag, text } from './arguments.js';
import type { Arguments, Context, KeyOption, StopRequest } from './command.js';
import { readInput } from './input.js';
import { showProgress } from './progress.js';
import type { Style } from './text/style.js';
import { workingFolder } from './working-folder.js';

/** What a context is made of; `main.ts` takes it from the process. */
export type Surroundings = {
  readonly cwd: string;
  /** Asked for only when needed: to open it costs a hook more than to read it. */
  stdin(): Readable;
  /** To its end, for a process that has nothing else to do meanwhile; empty where it does not wait. */
  stdinAtOnce(): Buffer;
  stdinIsTerminal(): boolean;
  readonly nodeVersion: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  errorStyle(): Style;
  writeError(text: string): void;
  now(): number;
  confirm(question: string): Promise<boolean>;
  choose(question: string, options: readonly KeyOption[]): Promise<string | null>;
  deferStop(): StopRequest;
};

export type ClosableContext = Context & { close(): Promise<void> };

/** The context of one run; the repository is opened once, at the first question, and closed by `close`. */
export function createContext(args: Arguments, around: Surroundings): ClosableContext {
  const cwd = workingFolder(around.cwd, text(args, 'cwd'));
  const quiet = flag(args, 'quiet');
  let repository: Promise<StateRepository> | null = null;
  let changes: Promise<StateChanges> | null = null;
  let merges: Promise<Merges> | null = null;
  let remotes: Promise<Remotes> | null = null;
  let unmerged: Promise<Unmerged> | null = null;
  let mergeCommits: Promise<MergeCommits> | null = null;
  let checkout: Promise<Checkout> | null = null;
  return {
    cwd,
    get interactive() {
      const mayAsk = around.errorStyle().terminal && !flag(args, 'no-input') && !flag(args, 'json');
      return mayAsk && around.stdinIsTerminal();
    },
    nodeVersion: around.nodeVersion,
    environment: around.environment,
    get errorStyle() {
      return around.errorStyle();
    },
    openRepository: () => (repository ??= openRepositoryAt(cwd)),
    openChanges: (given) => (changes ??= openChangesAt(cwd, given === true ? () => around.stdinAtOnce() : null)),
    openMerges: () => (merges ??= openMergesAt(cwd)),
    openRemotes: () => (remotes ??= openRemotesAt(cwd)),
    openUnmerged: () => (unmerged ??= openUnmergedAt(cwd)),
    openMergeCommits: () => (mergeCommits ??= openMergeCommitsAt(cwd)),
    openCheckout: () => (checkout ??= openCheckoutAt(cwd)),
    async openMergeFiles() {
      const { openMergeFiles } = await import('../git/open-merge-files.js');
      return openMergeFiles(cwd);
    },
    readInput: (file) => readInput(file, cwd, () => around.stdin()),
    confirm: (question) => around.confirm(question),
    choose: (question, options) => around.choose(question, options),
    deferStop: () => around.deferStop(),
    progress(label, total) {
      const style = quiet ? { ...around.errorStyle(), terminal: false } : around.errorStyle();
      return showProgress(label, total, {
        style,
        write: (line) => {
          around.writeError(line);
        },
        now: () => around.now(),
      });
    },
    say(line) {
      if (!quiet) around.writeError(`${line}\n`);
    },
    async close() {
      // One that could not be opened was refused already.
      const opened = await repository?.catch(() => null);
      await opened?.close();
      (await changes?.catch(() => null))?.close();
      (await merges?.catch(() => null))?.close();
      (await unmerged?.catch(() => null))?.close();
      (await mergeCommits?.catch(() => null))?.close();
    },
  };
}

async function openRepositoryAt(cwd: string): Promise<StateRepository> {
  const { openRepository } = await import('../git/open-repository.js');
  return openRepository(cwd);
}

async function openChangesAt(cwd: string, readGiven: (() => Buffer) | null): Promise<StateChanges> {
  const { openChanges } = await import('../git/open-changes.js');
  return openChanges(cwd, undefined, readGiven);
}

async function openMergesAt(cwd: string): Promise<Merges> {
  const { openMerges } = await import('../git/merge/open-merges.js');
  return openMerges(cwd);
}

async function openUnmergedAt(cwd: string): Promise<Unmerged> {
  const { openUnmerged } = await import('../git/unmerged/open-unmerged.js');
  return openUnmerged(cwd);
}

async function openRemotesAt(cwd: string): Promise<Remotes> {
  const { openRemotes } = await import('../git/remotes.js');
  return openRemotes(cwd);
}

async function openMergeCommitsAt(cwd: string): Promise<MergeCommits> {
  const { openMergeCommits } = await import('../git/merge-commits.js');
  return openMergeCommits(cwd);
}

async function openCheckoutAt(cwd: string): Promise<Checkout> {
  const { openCheckout } = await import('../git/checkout.js');
  return openCheckout(cwd);
}
