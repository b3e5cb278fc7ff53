// `node test/run-beside.mjs <script> <script>…`: runs npm scripts one after the other, and the first beside all others:
// the lint takes one core for as long as everything else before the tests takes the other. It says something only when
// it fails, and stops the rest then; what the last script says stays the end of the output.
import { spawn } from 'node:child_process';
import process from 'node:process';

const running = new Set();
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => end(1));

const [aside, ...scripts] = process.argv.slice(2);
const besides = run(aside, 'pipe').then(({ code, said }) => {
  if (code !== 0) end(code, said);
});
for (const script of scripts) {
  const { code } = await run(script, 'inherit');
  if (code !== 0) end(code);
}
await besides;

function run(script, stdio) {
  // A process group of its own, so that what npm has started can be ended with it.
  const child = spawn('npm', ['run', script], { stdio: ['ignore', stdio, stdio], detached: true });
  running.add(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => {
      said += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code) => {
      running.delete(child);
      resolve({ code: code ?? 1, said });
    });
  });
}

function end(code, said = '') {
  for (const { pid } of running) process.kill(-pid, 'SIGTERM');
  process.stdout.write(said, () => process.exit(code));
}
