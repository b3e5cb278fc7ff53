import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import process from 'node:process';
import { levelStore } from '../../src/leveldb/level-store.js';
import { program } from '../support/command-line.js';
import { generatedEntries } from '../support/migration-source.js';
import { type TempRepository, tempRepository } from '../support/temp-repository.js';

// `npm run bench:import`: what `import leveldb` takes at growing sizes, and what reads the result, side by side. STATEROOT_NETWORKS: the
// largest number of networks; STATEROOT_RECORDS: of each. What grows as the database does has the same figure per 1,000 records throughout.
const most = Number(process.env['STATEROOT_NETWORKS'] ?? '300');
const records = Number(process.env['STATEROOT_RECORDS'] ?? '100');
const sizes = [Math.ceil(most / 10), Math.ceil(most / 3), most];
const commands = [
  ['validate'],
  ['check'],
  ['diff', 'HEAD~1..HEAD'],
  ['ci', '--base', 'HEAD~1'],
  ['export', 'leveldb', '../exported'],
  ['import', 'leveldb', '../leveldb'],
];

type Figures = { readonly seconds: number; readonly megabytes: number };
const table = new Map<string, Figures[]>();
for (const networks of sizes) {
  const cleanups: (() => void)[] = [];
  try {
    const temp = tempRepository({ after: (run) => cleanups.push(run) });
    await levelStore.write(temp.at('..', 'leveldb'), generatedEntries(networks, records));
    temp.commitAll('Begin');
    note('import leveldb --here', measured(temp, ['import', 'leveldb', '../leveldb', '--here']));
    for (const args of commands) {
      note(args[0] === 'import' ? 'import leveldb, again' : args.slice(0, 2).join(' '), measured(temp, args));
      rmSync(temp.at('..', 'exported'), { recursive: true, force: true });
    }
  } finally {
    for (const clean of cleanups) clean();
  }
}
console.log(['records'.padEnd(24), ...sizes.map((networks) => String(networks * records).padStart(30))].join(''));
for (const [what, figures] of table) console.log(what.padEnd(24) + figures.map(column).join(''));

function note(what: string, figures: Figures): void {
  table.set(what, [...(table.get(what) ?? []), figures]);
}

function column({ seconds, megabytes }: Figures, at: number): string {
  const thousands = ((sizes[at] ?? 0) * records) / 1000;
  return `${seconds.toFixed(1)} s ${(seconds / thousands).toFixed(2)} s/1,000 ${megabytes.toFixed(0)} MB`.padStart(30);
}

/** Wall time, and the peak of the program itself, git apart. */
function measured(temp: TempRepository, args: readonly string[]): Figures {
  const peak = `process.on('exit',()=>process.stderr.write('peak '+process.resourceUsage().maxRSS+'\\n'))`;
  const preload = `data:text/javascript,${encodeURIComponent(peak)}`;
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ['--import', preload, program, ...args], {
    cwd: temp.path,
    env: temp.env,
    encoding: 'utf8',
    maxBuffer: 1e9,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const seconds = (performance.now() - started) / 1000;
  // Findings are an answer, too.
  if (status !== 0 && status !== 1) throw new Error(`stateroot ${args.join(' ')} ended with ${status}: ${stderr}`);
  return { seconds, megabytes: Number(/^peak (\d+)$/m.exec(stderr)?.[1] ?? NaN) / 1024 };
}
