import process from 'node:process';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment git gets. Whatever names the repository (GIT_DIR and the like) is the user's and stays, a hook needs
 * it. GIT_INDEX_FILE stays only where the caller judges an index (`keepIndex`): a write must never land in the private
 * index of a commit that is being made.
 */
export function gitEnvironment(base: Environment | undefined, keepIndex: boolean): Environment {
  const { GIT_INDEX_FILE, ...rest } = base ?? process.env;
  return {
    ...rest,
    ...(keepIndex && GIT_INDEX_FILE !== undefined ? { GIT_INDEX_FILE } : {}),
    LC_ALL: 'C',
    LANGUAGE: '',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_PAGER: 'cat',
  };
}
