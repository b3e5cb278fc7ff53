import { isSealedText, sealedText } from '../../core/text/sealed-text.js';
import type { Checkout } from '../../ports/checkout.js';
import type { Part } from './part.js';

/** The workflows that `init` can write, as shipped in `.github/workflow-templates/`. */
export const workflowNames = ['state-check', 'state-comment', 'state-merge', 'state-watch'] as const;

export type WorkflowName = (typeof workflowNames)[number];

const purposes: Readonly<Record<WorkflowName, string>> = {
  'state-check': 'judges every pull request and push',
  'state-comment': 'shows the review as one comment, for forks too',
  'state-merge': 'merges the base into a branch by record, started by hand',
  'state-watch': 'judges the state and measures the backends every day',
};

/**
 * One workflow file. Its first line says that it is ours and seals the rest: one that was edited is the user's, and stays.
 * `folder` is where the project is installed, relative to the top; a file of ours for another folder serves as well.
 */
export async function workflowPart(
  checkout: Checkout,
  name: WorkflowName,
  { text, folder }: { text: string; folder: string },
): Promise<Part> {
  const path = `.github/workflows/${name}.yml`;
  const file = await checkout.readFile(path);
  const found = file?.regular === true ? file.text.replaceAll('\r\n', '\n') : null;
  const ours = found !== null && isSealedText(head, found);
  const wanted = sealedText(head, inFolder(text, ours ? folderOf(found) : yamlText(folder)));
  const state = file === null || (ours && found !== wanted) ? 'missing' : ours ? 'present' : 'kept';
  return {
    name: 'workflow',
    target: path,
    state,
    action: file === null ? 'create' : 'extend',
    detail: file === null ? purposes[name] : `${purposes[name]}, brought up to date`,
    tracked: !(await checkout.ignored(path)),
    install: () => checkout.writeFile(path, wanted, false),
    remove: ours ? () => checkout.removeFile(path, '.github') : null,
  };
}

/** Whether a repository is kept where workflows run: on GitHub, or nowhere yet. */
export async function runsWorkflows(checkout: Checkout): Promise<boolean> {
  if ((await checkout.readFile('.github')) !== null) return true;
  const remotes = (await checkout.settings()).filter(({ key }) => /^remote\..*\.url$/.test(key));
  return remotes.length === 0 || remotes.some(({ value }) => /github/i.test(value));
}

/** Ends with the hash of what follows. */
const head = '# Written by stateroot init, which renews it until it is edited; then it is yours. sha256:';

const workingDirectory = /^( +working-directory: )(.*)$/m;

function inFolder(text: string, folder: string): string {
  return text.replace(workingDirectory, (_, key: string) => `${key}${folder}`);
}

function folderOf(text: string): string {
  return workingDirectory.exec(text)?.[2] ?? '.';
}

function yamlText(folder: string): string {
  if (folder === '') return '.';
  return /^\w[\w./-]*$/.test(folder) ? folder : JSON.stringify(folder);
}
