import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { program } from '../support/command-line.js';
import { makeStore } from '../support/leveldb-store.js';
import { generatedEntries } from '../support/migration-source.js';
import { tempRepository } from '../support/temp-repository.js';

// `npm run migration:large`: 100,000 records over 1,000 networks; STATEROOT_NETWORKS and STATEROOT_RECORDS (of each) choose others.
const networks = Number(process.env['STATEROOT_NETWORKS'] ?? '1000');
const records = Number(process.env['STATEROOT_RECORDS'] ?? '100');

const cleanups: (() => void)[] = [];
try {
  const temp = tempRepository({ after: (run) => cleanups.push(run) });
  await makeStore(temp.at('leveldb'), generatedEntries(networks, records));
  temp.write('.gitignore', 'leveldb/\n');
  temp.commitAll('Begin');
  const started = performance.now();
  // The peak of the program itself, git apart: said when it ends.
  const peak = `process.on('exit',()=>process.stderr.write('peak '+process.resourceUsage().maxRSS+'\\n'))`;
  const preload = `data:text/javascript,${encodeURIComponent(peak)}`;
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', preload, program, 'migrate', 'run', '--cutover', '--no-backup', '--timeout', '600'],
    { cwd: temp.path, env: temp.env, encoding: 'utf8', maxBuffer: 1e9, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const seconds = (performance.now() - started) / 1000;
  const rss = Number(/^peak (\d+)$/m.exec(stderr)?.[1] ?? NaN) / 1024;
  console.log(stderr.replace(/^peak .*\n/m, ''));
  console.log(`exit ${status}: ${networks * records} records, ${networks} networks, ${seconds.toFixed(1)} s`);
  console.log(
    `${Math.round((networks * records) / seconds)} records/s, all phases; resident set at most ${rss.toFixed(0)} MB`,
  );
  process.exitCode = status ?? 1;
} finally {
  for (const clean of cleanups) clean();
}
