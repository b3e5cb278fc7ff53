import type { Context } from '../../src/cli/command.js';
import type { Style } from '../../src/cli/text/style.js';
import type { StateRepository } from '../../src/ports/state-repository.js';

export const terminal: Style = { color: false, unicode: true, terminal: true, width: 100 };
export const pipe: Style = { ...terminal, terminal: false };

export type VerbContext = Context & {
  /** What was said on stderr at once. */
  readonly said: string[];
  /** The questions that were asked. */
  readonly asked: string[];
};

/** A context for one verb on any repository; `answer` is what the person at the terminal says, null when nobody is there. */
export function verbContext(repository: StateRepository, answer: boolean | null = null): VerbContext {
  const said: string[] = [];
  const asked: string[] = [];
  return {
    cwd: '/repository',
    interactive: answer !== null,
    nodeVersion: '20.19.0',
    environment: {},
    errorStyle: terminal,
    said,
    asked,
    openRepository: () => Promise.resolve(repository),
    openChanges: () => Promise.reject(new Error('this test has no changes')),
    openMerges: () => Promise.reject(new Error('this test has no merges')),
    openRemotes: () => Promise.reject(new Error('this test has no remotes')),
    openUnmerged: () => Promise.reject(new Error('this test has no conflicts')),
    openMergeCommits: () => Promise.reject(new Error('this test has no merges')),
    openCheckout: () => Promise.reject(new Error('this test has no checkout')),
    openMergeFiles: () => Promise.reject(new Error('this test has no merge')),
    readInput: () => Promise.reject(new Error('this test has no input')),
    confirm(question) {
      asked.push(question);
      return Promise.resolve(answer === true);
    },
    choose(question) {
      asked.push(question);
      return Promise.resolve(null);
    },
    deferStop: () => ({ isAsked: () => false, abandon: () => undefined, release: () => undefined }),
    progress: () => ({ step: () => undefined, done: () => undefined }),
    say(line) {
      said.push(line);
    },
  };
}
