import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import vm from 'node:vm';
import { workflowFile } from '../support/workflow-files.js';

type Comment = { id: number; body: string; user: { login: string } };
type Pull = { number: number; state: string; head: { sha: string; repo: { full_name: string } | null } };

const marker = '<!-- stateroot:diff -->';
const review = `${marker}\n### ✖ 1 of 1 state change needs a decision`;
const bot = { login: 'github-actions[bot]' };
const its: Pull = { number: 7, state: 'open', head: { sha: 'a'.repeat(40), repo: { full_name: 'somebody/fork' } } };

/** Runs the script of the step that comments, as actions/github-script does, against a GitHub of its own. */
async function comment(
  t: { after(run: () => void): void },
  files: Readonly<Record<string, string>>,
  { comments = [], pull = its }: { comments?: Comment[]; pull?: Pull } = {},
): Promise<{ comments: Comment[]; notices: string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'stateroot-comment-'));
  t.after(() => {
    rmSync(folder, { recursive: true });
  });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return commentFrom(folder, comments, pull);
}

async function commentFrom(folder: string, comments: Comment[], pull: Pull) {
  const steps = workflowFile('.github/workflow-templates/state-comment.yml').jobs['comment']?.steps ?? [];
  const script = String(steps.find(({ uses }) => uses?.startsWith('actions/github-script@'))?.with?.['script']);
  const found = structuredClone(comments);
  const notices: string[] = [];
  const payload = { workflow_run: { head_sha: 'a'.repeat(40), head_repository: { full_name: 'somebody/fork' } } };
  const github = {
    paginate: (list: () => Comment[]) => Promise.resolve(list()),
    rest: {
      pulls: {
        get: ({ pull_number }: { pull_number: number }) => {
          assert.equal(pull_number, 7);
          return Promise.resolve({ data: pull });
        },
      },
      issues: {
        listComments: () => found,
        createComment({ body, issue_number }: { body: string; issue_number: number }) {
          assert.equal(issue_number, 7);
          found.push({ id: 100 + found.length, body, user: bot });
        },
        updateComment({ comment_id, body }: { comment_id: number; body: string }) {
          for (const each of found) if (each.id === comment_id) each.body = body;
        },
      },
    },
  };
  const sandbox = {
    github,
    context: { repo: { owner: 'owner', repo: 'repository' }, payload },
    core: { notice: (text: string) => notices.push(text) },
    require: createRequire(import.meta.url),
    process: { env: { FOLDER: folder } },
  };
  await (vm.runInNewContext(`(async () => {\n${script}\n})()`, sandbox) as Promise<void>);
  return { comments: found, notices };
}

const first = { number: '7\n', 'comment.md': `${review}\n` };

describe('the comment of a pull request', () => {
  it('is made once, and updated in place', async (t) => {
    const made = await comment(t, first);
    assert.deepEqual(
      made.comments.map(({ body }) => body),
      [review],
    );
    const again = await comment(t, { ...first, 'comment.md': `${marker}\n### ✔ 1 state change` }, made);
    assert.deepEqual(
      again.comments.map(({ body }) => body),
      [`${marker}\n### ✔ 1 state change`],
    );
  });

  it('is not made for a pull request without state, and says so where there was some', async (t) => {
    const none = { number: '7', 'comment.md': `${marker}\n### ✔ No state changes any more\n` };
    assert.deepEqual((await comment(t, none)).comments, []);
    const updated = await comment(t, none, { comments: [{ id: 1, body: review, user: bot }] });
    assert.match(updated.comments[0]?.body ?? '', /No state changes any more/);
  });

  it('is never that of somebody else, marker or not', async (t) => {
    const other = { id: 1, body: `${marker}\nmine`, user: { login: 'octocat' } };
    const { comments } = await comment(t, first, { comments: [other] });
    assert.deepEqual(comments[0], other);
    assert.equal(comments.length, 2);
  });

  for (const [what, files] of [
    ['no artifact', {}],
    ['no number', { ...first, number: '\n' }],
    ['another text as number', { ...first, number: '7; rm -rf /' }],
    ['a number of a path', { ...first, number: '7/../8' }],
    ['a text without marker', { ...first, 'comment.md': 'anything' }],
    ['a text that is too long', { ...first, 'comment.md': review + 'x'.repeat(65_536) }],
    ['a text that is far too long', { ...first, 'comment.md': review + 'x'.repeat(300_000) }],
  ] as const) {
    it(`is not made of ${what}`, async (t) => {
      const { comments, notices } = await comment(t, files);
      assert.deepEqual([comments, notices.length], [[], 1]);
    });
  }

  it('is not read through a link', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'stateroot-comment-'));
    t.after(() => {
      rmSync(folder, { recursive: true });
    });
    mkdirSync(join(folder, 'review'));
    writeFileSync(join(folder, 'elsewhere'), review);
    writeFileSync(join(folder, 'review', 'number'), '7');
    symlinkSync('../elsewhere', join(folder, 'review', 'comment.md'));
    assert.deepEqual((await commentFrom(join(folder, 'review'), [], its)).comments, []);
  });

  for (const [what, pull] of [
    ['another pull request', { ...its, head: { ...its.head, repo: { full_name: 'other/fork' } } }],
    ['one whose fork is gone', { ...its, head: { ...its.head, repo: null } }],
    ['an older push', { ...its, head: { ...its.head, sha: 'b'.repeat(40) } }],
    ['one that is closed', { ...its, state: 'closed' }],
  ] as const) {
    it(`is not made for ${what}`, async (t) => {
      assert.deepEqual((await comment(t, first, { pull })).comments, []);
    });
  }
});
