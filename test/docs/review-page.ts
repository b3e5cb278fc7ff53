import { readFileSync } from 'node:fs';
import { stateroot } from '../support/command-line.js';
import { pullRequest } from '../support/pull-request.js';

/** The page of an example review, `docs/review-example.md`, as the program writes it for the scripted pull request. */
export function reviewPage(t: { after(run: () => void): void }): string {
  const temp = pullRequest(t);
  const changes = stateroot(temp, ['diff', 'main...release/0.9']).stdout.trimEnd();
  temp.git('switch', '--quiet', 'release/0.9');
  stateroot(temp, ['ci', '--base', 'main', '--comment', '../comment.md']);
  return [
    '# A review, as it reads',
    '',
    'A pull request upgrades SupplyOracle on two of five networks, changes a proxy by a typo, and removes a record. This page is',
    'generated (`npm run docs:review`); addresses and hashes are invented, those behind the links included.',
    '',
    'In a terminal, `stateroot diff main...release/0.9`:',
    '',
    '```',
    changes,
    '```',
    '',
    'As the comment of the pull request, with what was judged, `stateroot ci --base main --comment comment.md`:',
    '',
    '---',
    '',
    readFileSync(temp.at('..', 'comment.md'), 'utf8').trimEnd(),
    '',
  ].join('\n');
}
