import process from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What a long run may leave lying about before it is collected. */
const litter = 32 * 1024 * 1024;

/**
 * Answers what is to be called between two pieces of a long run (R104). V8 collects when it likes, and with gigabytes free it lets a process
 * grow to several times of what it holds; a machine that deploys has other things to do with its memory.
 */
export function memoryRelief(): (what?: 'all') => void {
  let alive = 0;
  let collect: (() => void) | null = null;
  return (what) => {
    if (what !== 'all' && process.memoryUsage().heapUsed < alive + litter) return;
    collect ??= collector();
    collect();
    alive = process.memoryUsage().heapUsed;
  };
}

function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
