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
    assert.equal(scripts['test'], 'npm run build && npm run check && npm run test:only');
    assert.match(scripts['test:only'] ?? '', / --test .*\$\(find build\/test -name '\*\.test\.js' \| sort\)$/);
    assert.match(readFileSync(join(root, '.ci', 'run'), 'utf8'), /^npm test$/m);
  });
});
