import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { networkFilePath } from '../../src/core/layout.js';
import { networkText, proxied } from '../support/deployments.js';
import { checkout, occasions, type Proposed, runJob } from '../support/github-run.js';
import { proposals, pullRequest } from '../support/pull-request.js';
import { stateroot } from '../support/command-line.js';
import { type TempRepository, tempRepository } from '../support/temp-repository.js';

const check = ['.github/workflows/state-check.yml', '.github/workflow-templates/state-check.yml'] as const;

const proposed = (origin: TempRepository): Proposed => ({ origin, base: 'main', head: 'release/0.9' });

describe('the workflow that judges', () => {
  for (const path of check) {
    for (const occasion of occasions.filter((each) => each !== 'shallow')) {
      it(`${path} tells the dangers of a ${occasion}, and fails for what contradicts`, (t) => {
        const ran = runJob(path, 'check', checkout(t, occasion, proposed(pullRequest(t))));
        assert.equal(ran.code, 1, ran.output);
        assert.match(ran.output, /^::error file=.*,title=Proxy changed%3A LayerZeroModule on optimismsepolia::/m);
        assert.match(ran.output, /^::error file=.*title=protocol\/not-deployed::/m);
        assert.match(ran.summary, /^#### ↑ 2 upgrades$/m);
        const comment = ran.review('comment.md') ?? '';
        assert.match(comment, /^### ✖ 2 of 4 state changes need a decision; a check failed$/m);
        assert.match(comment, /\| Merge as text equals merge by record \| ✔ 1 merge commit \|/);
        const isPull = occasion === 'pull_request' || occasion === 'fork';
        assert.equal(ran.review('number'), isPull ? '7\n' : '\n');
        assert.equal(ran.page?.startsWith('<!doctype html>') ?? false, isPull);
        assert.match(ran.summary, /^\| LookCoin(?: ◆[^|]*)? \| ● /m);
        assert.match(ran.summary, /^\| SupplyOracle ◆ 2 versions \|.* ◆ B `[0-9a-f]{8}`/m);
        if (occasion !== 'push') assert.match(comment, /Judged by the rules and policy of `main`/);
        const first = comment.split('\n').slice(0, 10).join('\n');
        for (const { network, contract, field } of proposals.filter(({ danger }) => danger !== null)) {
          for (const word of [network, contract, field]) assert.ok(first.includes(word), `${word} in\n${first}`);
        }
      });
    }

    it(`${path} fails closed in a clone without history`, (t) => {
      const ran = runJob(path, 'check', checkout(t, 'shallow', proposed(pullRequest(t))));
      assert.equal(ran.code, 2, ran.output);
      assert.match(ran.output, /^::error title=UNKNOWN_REVISION::.*shallow.*fetch-depth: 0/m);
      assert.match(ran.review('comment.md') ?? '', /^### ✖ The state could not be judged$/m);
    });
  }

  it('passes a change without contradiction', (t) => {
    const origin = tempRepository(t);
    const file = networkFilePath('', 'examplenet');
    origin.write(file, networkText('examplenet', 4242, { Vault: proxied('Vault') }));
    origin.commitAll('begin');
    origin.git('switch', '--quiet', '--create', 'next');
    origin.write(file, networkText('examplenet', 4242, { Vault: proxied('Vault', 2) }));
    origin.commitAll('next');
    const ran = runJob(check[1], 'check', checkout(t, 'pull_request', { origin, base: 'main', head: 'next' }));
    assert.equal(ran.code, 0, ran.output);
    assert.match(ran.review('comment.md') ?? '', /^### ✔ 1 state change on 1 network$/m);
  });
});

describe('the workflow that merges', () => {
  for (const path of ['.github/workflows/state-merge.yml', '.github/workflow-templates/state-merge.yml']) {
    // Both add a record between two others: plain text cannot tell them apart.
    const conflicted = (t: { after(run: () => void): void }, names: readonly [string, string]) => {
      const origin = tempRepository(t);
      const file = networkFilePath('', 'examplenet');
      const write = (contracts: Parameters<typeof networkText>[2]) => {
        origin.write(file, networkText('examplenet', 4242, contracts));
      };
      const begin = { Alpha: proxied('Alpha'), Zeta: proxied('Zeta') };
      write(begin);
      origin.commitAll('begin');
      origin.git('switch', '--quiet', '--create', 'release');
      write({ ...begin, [names[0]]: proxied('Left') });
      origin.commitAll('release');
      origin.git('switch', '--quiet', 'main');
      write({ ...begin, [names[1]]: proxied('Right') });
      origin.commitAll('main');
      const clone = tempRepository(t);
      clone.git('remote', 'add', 'origin', `file://${origin.path}`);
      clone.git('fetch', '--quiet', 'origin', '+refs/heads/*:refs/remotes/origin/*');
      clone.git('checkout', '--quiet', '--force', '-B', 'release', 'refs/remotes/origin/release');
      const expressions = {
        'inputs.base || github.event.repository.default_branch': 'main',
        'github.ref_name': 'release',
      };
      return {
        origin,
        ran: runJob(path, 'merge', { clone, env: { GITHUB_EVENT_NAME: 'workflow_dispatch' }, event: {}, expressions }),
      };
    };

    it(`${path} merges by record what text cannot, and pushes it`, (t) => {
      const { origin, ran } = conflicted(t, ['Left', 'Right']);
      assert.equal(ran.code, 0, ran.output);
      assert.doesNotMatch(ran.output, /not-a-token/);
      assert.equal(origin.git('rev-list', '--count', '--min-parents=2', 'main..release'), '1');
      origin.git('switch', '--quiet', 'release');
      for (const name of ['Alpha', 'Left', 'Right', 'Zeta']) {
        assert.equal(stateroot(origin, ['get', 'examplenet', name]).code, 0, name);
      }
    });

    it(`${path} pushes nothing where a person has to decide`, (t) => {
      const { origin, ran } = conflicted(t, ['Same', 'Same']);
      assert.equal(ran.code, 3, ran.output);
      assert.equal(origin.git('rev-list', '--count', 'main..release'), '1');
      assert.match(ran.summary, /stateroot resolve/);
    });
  }
});
