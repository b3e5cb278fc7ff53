import { dirname, join } from 'node:path';
import process from 'node:process';
import { runProgram } from './compiled-program.js';
import { compiledProgramPlace } from './compiled-program-place.js';

// What `stateroot` starts: the smallest of the bundled programs that has the verb.
const [word, second] = process.argv.slice(2);
// A merge driver that dies must not end as one that has merged, or found a conflict.
if (word === 'merge-driver') process.exitCode = 134;
const isDriver = word === 'merge-driver' || word === 'textconv';
const name = word === 'hook' ? 'hooks' : isDriver ? 'drivers' : 'verbs';
const program = join(dirname(import.meta.filename), `stateroot-${name}.cjs`);
runProgram(program, compiledProgramPlace(program, word === 'hook' ? second : word, process), {
  // Built as CommonJS, where a module has it; one of `node:module` would have to be loaded.
  require,
  __import: (specifier) => import(specifier) as Promise<unknown>,
});
