import type { Topic } from './answer.js';

/** Which backend a script gets, dual-write, fallback. */
export const backends: Topic = {
  title: 'Backends of scripts',
  answers: {
    'verify:dual-write-mode': { runs: ['health --only backends'] },
    'verify:state-manager-config': { runs: ['health --only backends'] },
    'test:state-manager-factory': { runs: ['health --only backends'] },
    'verify:leveldb-access': { runs: ['import leveldb {leveldb=leveldb/} --dry-run'], note: 'nothing is written' },
    'verify:leveldb-integrity': {
      runs: ['import leveldb {leveldb=leveldb/} --dry-run'],
      note: 'every CRC is checked; nothing is written',
    },
    'verify:source-data-integrity': {
      runs: ['import leveldb {leveldb=leveldb/} --dry-run'],
      note: 'every CRC is checked; nothing is written',
    },
    'init:state-manager-corrected': { runs: ['doctor --fix'], note: 'does what init would do' },
    'reset:state-manager': {
      not: 'Nothing is kept between two calls that could be reset: a manager reads its options when it is created.',
      instead:
        'correct the variable that is wrong; describeConfiguration of StateManagerFactory names each with its origin',
    },
    'restart:state-manager': {
      not: 'There is no process to restart: a manager lives in the script that created it.',
      instead: 'run the script again',
    },
    'check:fallback-configuration': {
      runs: ['diagnostics'],
      note: 'names the variables that are set; without them `enableFallback` is on',
    },
    'reset:fallback-config': {
      not: 'The fallback is configured by the environment of your scripts, which a command cannot change.',
      instead: 'unset ENABLE_FALLBACK FORCE_LEVELDB_FALLBACK; without them the fallback is on',
    },
    'test:fallback-mechanism': {
      not: 'A fallback is tried by damaging a backend, and that is not done to yours.',
      instead:
        'start a script that reads only with FORCE_LEVELDB_FALLBACK=true; docs/dual-write.md says when which backend answers',
    },
    'test:fallback-logic': {
      not: 'A fallback is tried by damaging a backend, and that is not done to yours; the suite of stateroot does it to its own.',
      instead: 'docs/dual-write.md says when which backend answers; npm test in a clone of stateroot proves it',
    },
    'verify:automatic-fallback': {
      not: 'Whether another backend takes over is seen when one fails, and none is made to fail here.',
      instead: 'health --only backends says whether both can be read, so that one can stand in',
    },
    'test:deployment-with-json': {
      not: 'A deployment needs your scripts and a chain; stateroot sends no transaction.',
      instead: 'run the script against a test network with STATE_BACKEND=unified; stateroot log shows what it recorded',
    },
    'test:post-cutover-deployment': {
      not: 'A deployment needs your scripts and a chain; stateroot sends no transaction.',
      instead: 'run the deploy script again: with nothing new it answers `unchanged` for every contract',
    },
    'test:hardhat-integration': {
      not: 'Hardhat and its tasks are yours, and they are tested by running them.',
      instead: 'npx hardhat test; docs/managers.md has the lines a script needs',
    },
    compile: {
      not: 'Contracts are compiled by your build, not by stateroot.',
      instead: 'npx hardhat compile, or forge build',
    },
  },
};
