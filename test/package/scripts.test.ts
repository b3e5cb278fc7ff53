import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const root = join(import.meta.dirname, '..', '..', '..');

describe('npm test', () => {
  it('builds, checks, and runs every test there is, in CI too', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const [node, beside, ...steps] = (scripts['test'] ?? '').split(' ');
    assert.deepEqual([node, beside, steps.at(-1)], ['node', 'test/run-beside.mjs', 'test:only']);
    for (const step of ['build', ...(scripts['check'] ?? '').matchAll(/check:\w+/g)].map(String)) {
      assert.ok(steps.includes(step), step);
    }
    const found = / build\/test\/run-tests\.js \$\(find build\/test -name '\*\.test\.js'\)$/;
    assert.match(scripts['test:only'] ?? '', found);
    assert.match(readFileSync(join(root, '.ci', 'run'), 'utf8'), /^npm test$/m);
  });
});
