import { availableParallelism } from 'node:os';
import { relative, resolve } from 'node:path';
import process from 'node:process';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';

/** Whole files that take longest, longest first. A file of these that came last would leave a core without work. */
const longest = [
  'managers/layers/backends.test.js',
  'e2e/writes.test.js',
  'managers/dual-write/each-call-fails.test.js',
  'fuzz/mutations.test.js',
  'managers/unified/conformance.test.js',
  'e2e/merge-driver.test.js',
  'docs/operators-guide.test.js',
  'workflows/run.test.js',
  'commands/doctor.test.js',
  'e2e/bench.test.js',
  'e2e/run-names.test.js',
  'e2e/gate-pushes.test.js',
  'managers/unified/unified-state-manager.test.js',
  'e2e/hand-edits.test.js',
  'e2e/npm-scripts.test.js',
  'git/write/recover.test.js',
  'managers/deploy/deploy-script.test.js',
  'package/package.test.js',
  'hostile/canaries.test.js',
  'race/race.test.js',
  'e2e/ci.test.js',
  'browser/report.test.js',
  'e2e/health.test.js',
  'e2e/backup.test.js',
  'e2e/sync.test.js',
  'e2e/validate-merges.test.js',
  'e2e/resolve.test.js',
  'commands/init.test.js',
  'fulfilment/fulfilment.test.js',
  'git/open-repository.test.js',
  'git/write/write-commits.test.js',
];

// What the machine has set for its own downloads makes every start of node read certificates.
delete process.env['NODE_EXTRA_CA_CERTS'];
const files = process.argv.slice(2).map((file) => relative(import.meta.dirname, file));
const missing = longest.filter((file) => !files.includes(file));
if (missing.length > 0) throw new Error(`there is no ${missing.join(', ')}`);
const others = files.filter((file) => !longest.includes(file)).sort();

const results = run({
  files: [...longest, ...others].map((file) => resolve(import.meta.dirname, file)),
  // Most of a test is waiting for a program it has started, and some of that for the disk.
  concurrency: Math.min(4, availableParallelism() + 1),
});
results.on('test:fail', () => {
  process.exitCode = 1;
});
results.pipe(new spec()).pipe(process.stdout);
