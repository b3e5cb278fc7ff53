import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseWorkflow, type Yaml } from './workflow-yaml.js';

const repository = join(import.meta.dirname, '..', '..', '..');

export type Step = {
  readonly name?: string;
  readonly if?: string;
  readonly 'continue-on-error'?: boolean;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string | number | boolean>>;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
};

export type Job = {
  readonly permissions?: Yaml;
  readonly 'timeout-minutes'?: Yaml;
  readonly 'runs-on'?: Yaml;
  readonly if?: string;
  readonly steps: readonly Step[];
};

export type Workflow = {
  /** Relative to the repository. */
  readonly path: string;
  readonly text: string;
  readonly root: Readonly<Record<string, Yaml>>;
  readonly jobs: Readonly<Record<string, Job>>;
};

/** Every workflow there is: those that run here, and those that `init` writes. */
export function workflowFiles(): Workflow[] {
  return ['.github/workflows', '.github/workflow-templates'].flatMap((folder) =>
    readdirSync(join(repository, folder))
      .filter((name) => /\.ya?ml$/.test(name))
      .map((name) => workflowFile(`${folder}/${name}`)),
  );
}

export function workflowFile(path: string): Workflow {
  const text = readFileSync(join(repository, path), 'utf8');
  const root = parseWorkflow(text);
  return { path, text, root, jobs: root['jobs'] as unknown as Workflow['jobs'] };
}
