import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { checkout, type Occasion, occasions, runJob } from '../support/github-run.js';
import { tempRepository } from '../support/temp-repository.js';

// npm run ci:local -- <repository> --base main --head <branch> [--event fork]: the steps of state-check.yml, run by bash in
// a clone of the repository with a faked event. Nothing is changed in the repository itself.
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    base: { type: 'string', default: 'main' },
    head: { type: 'string', default: 'HEAD' },
    event: { type: 'string', default: 'pull_request' },
  },
});
const occasion = occasions.find((each): each is Occasion => each === values.event);
const repository = resolve(process.env['INIT_CWD'] ?? '.', positionals[0] ?? '.');
if (occasion === undefined || !existsSync(repository)) {
  console.error(`usage: npm run ci:local -- <repository> --base <rev> --head <rev> --event ${occasions.join('|')}`);
  process.exit(2);
}
const cleanup = { after: (run: () => void) => process.once('exit', run) };
const origin = tempRepository(cleanup);
origin.git('fetch', '--quiet', repository, `+${values.base}:refs/heads/base`, `+${values.head}:refs/heads/head`);
const place = checkout(cleanup, occasion, { origin, base: 'base', head: 'head' });
const ran = runJob('.github/workflows/state-check.yml', 'check', place);
console.log(ran.output);
for (const name of ['comment.md', 'number']) console.log(`--- ${name}\n${ran.review(name) ?? '(not written)'}`);
process.exitCode = ran.code;
