import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { gitCheck, nodeCheck } from '../../../src/commands/doctor/version-checks.js';
import type { CheckoutFacts } from '../../../src/ports/checkout.js';

describe('the versions of node and git', () => {
  it('are errors below what is needed, with what to install, and fine from there', () => {
    const git = (gitVersion: string) => {
      const facts: Pick<CheckoutFacts, 'gitVersion' | 'objectFormat' | 'worktrees'> = {
        gitVersion,
        objectFormat: 'sha1',
        worktrees: 1,
      };
      return gitCheck(facts);
    };
    for (const [check, fix] of [
      [nodeCheck('20.18.3'), 'install node 20.19, or 22.12 or newer'],
      [nodeCheck('18.20.0'), 'install node 20.19, or 22.12 or newer'],
      [nodeCheck('21.7.3'), 'install node 20.19, or 22.12 or newer'],
      [nodeCheck('22.11.0'), 'install node 20.19, or 22.12 or newer'],
      [git('2.37.9'), 'install git 2.38 or newer'],
    ] as const) {
      assert.deepEqual([check.severity, check.fix], ['error', fix]);
    }
    for (const check of [
      nodeCheck('20.19.0'),
      nodeCheck('20.20.2'),
      nodeCheck('22.12.0'),
      nodeCheck('26.10.0'),
      git('2.38.0'),
      git('3.0.0'),
    ]) {
      assert.equal(check.severity, 'ok');
    }
  });

  it('of node are the ones that the package promises', () => {
    const { engines } = JSON.parse(readFileSync(join(import.meta.dirname, '../../../../package.json'), 'utf8')) as {
      engines: { node: string };
    };
    const oldest = engines.node.split(' || ').map((range) => range.replace(/^(?:\^|>=)/, ''));
    assert.deepEqual(
      oldest.map((version) => [version, nodeCheck(version).severity]),
      [
        ['20.19.0', 'ok'],
        ['22.12.0', 'ok'],
      ],
    );
  });
});
