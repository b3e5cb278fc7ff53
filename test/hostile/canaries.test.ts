import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { Readable } from 'node:stream';
import { describe, it } from 'node:test';
import { verbs } from '../../src/cli/program.js';
import type { VerbEntry } from '../../src/cli/program/verb-entry.js';
import { run } from '../../src/cli/run.js';
import { address, proxied, stateFiles } from '../support/deployments.js';
import { type TempRepository, tempRepository } from '../support/temp-repository.js';
import { pipe } from '../support/verb-context.js';
import { assertInert } from './inert.js';

/** What a shell, git or a program of git would obey. Every one that works leaves a file called canary. */
const payloads = [
  '--output=canary',
  '--output=../canary',
  '--upload-pack=touch canary',
  '--exec=touch canary',
  '--no-index',
  '--ext-diff',
  '--textconv',
  '--open-files-in-pager=touch canary',
  '-u sh -c "touch canary"',
  '-Otouch canary',
  '-oProxyCommand=touch canary',
  'ext::sh -c touch% canary',
  'fd::17/canary',
  '$(touch canary)',
  '`touch canary`',
  '; touch canary',
  '| touch canary',
  '&& touch canary',
  '> canary',
  '${IFS}touch${IFS}canary',
  '{touch,canary}',
  "'; touch canary; '",
  '"; touch canary; "',
  '\ntouch canary\n',
  ':(attr:x)',
  ':!deployments',
  ':(top,exclude)x',
  ':/begin',
  'HEAD^{/begin}',
  'HEAD:../../canary',
  '@{-1}',
  '@{upstream}',
  '../../../canary',
  '/dev/null/canary',
  '.git/hooks/canary',
  '\u0000canary',
  '%00canary',
  '-',
  '--',
  '-C..',
];
/** Each payload meets every argument within this many payloads of it; 1 tries them all. */
const stride = Number(process.env['STATEROOT_STRIDE'] ?? 4);

/** Arguments whose whole purpose is a place to write or run in. */
const places = ['out', 'cwd', 'hooks-path', 'comment', 'sarif', 'save', 'profile'];
/** Work in temporary folders, for seconds each time. */
const long = ['demo', 'bench'];

describe('arguments that a shell or git would obey', () => {
  it('create nothing, in any argument of any verb, and what is said about them is inert', async (t) => {
    const temp = repository(t);
    Object.assign(process.env, temp.env);
    const around = dirname(temp.path);
    const before = listing(around, 'repository');
    let tried = 0;
    for (const [index, slot] of verbs
      .filter(({ name }) => !long.includes(name))
      .flatMap(slotsOf)
      .entries()) {
      for (const [at, payload] of payloads.entries()) {
        if ((index + at) % stride !== 0) continue;
        const typed = slot(payload);
        const { code, said } = await answer(temp, typed);
        tried += 1;
        const least = verbs.find(({ name }) => name === typed[0])?.failsAbove ?? 0;
        assert.ok(code === 0 || (code > least && code <= least + 5), `${JSON.stringify(typed)}: ${said}`);
        assert.doesNotMatch(said, /This is a bug/, JSON.stringify(typed));
        assertInert(said, JSON.stringify(typed));
        assert.deepEqual(canaries(around), [], JSON.stringify(typed));
      }
    }
    t.diagnostic(`${tried} command lines`);
    assert.ok(tried >= 100);
    assert.deepEqual(listing(around, 'repository'), before);
    assert.equal(temp.git('fsck', '--no-progress'), '');
  });
});

function repository(t: { after(run: () => void): void }): TempRepository {
  const temp = tempRepository(t);
  const files = stateFiles({ examplenet: { chainId: 4242, contracts: { Token: proxied('Token') } } });
  for (const [file, text] of Object.entries(files)) temp.write(file, text);
  temp.commitAll('begin');
  return temp;
}

type Slot = (payload: string) => string[];

/** For every argument of a verb: a command line with a payload in its place, and something sensible in the others. */
function slotsOf(verb: VerbEntry): Slot[] {
  const required = verb.positionals.filter((positional) => positional.required).map(usual);
  const words = verb.positionals.map(
    (_, at): Slot =>
      (payload) => {
        const others = verb.positionals.slice(0, Math.max(at, required.length)).map(usual);
        return [
          verb.name,
          '--no-input',
          ...extra(verb),
          '--',
          ...others.slice(0, at),
          payload,
          ...others.slice(at + 1),
        ];
      },
  );
  const flags = verb.flags
    .filter(({ name, value }) => value !== undefined && !places.includes(name))
    .map(
      (flag): Slot =>
        (payload) => [verb.name, '--no-input', ...extra(verb), `--${flag.name}=${payload}`, '--', ...required],
    );
  return [...words.filter((_, at) => !places.includes(verb.positionals[at]?.name ?? '')), ...flags];
}

function extra(verb: VerbEntry): string[] {
  return verb.name === 'put' ? [`--set=implementation=${address('new')}`] : [];
}

function usual(positional: VerbEntry['positionals'][number]): string {
  const [choice] = positional.choices ?? [];
  return (
    choice ?? { network: 'examplenet', out: 'store', path: 'store', value: address('x') }[positional.name] ?? 'Token'
  );
}

async function answer(temp: TempRepository, argv: readonly string[]): Promise<{ code: number; said: string }> {
  let said = '';
  const code = await run(argv, {
    cwd: temp.path,
    stdin: () => Readable.from([]),
    stdinAtOnce: () => Buffer.alloc(0),
    stdinIsTerminal: () => false,
    nodeVersion: process.versions.node,
    environment: {},
    style: () => pipe,
    writeOut(text) {
      said += text;
      return Promise.resolve();
    },
    writeError(text) {
      said += text;
    },
    now: () => performance.now(),
    confirm: () => Promise.resolve(false),
    choose: () => Promise.resolve(null),
    onInterrupt: () => undefined,
    deferStop: () => ({ isAsked: () => false, abandon: () => undefined, release: () => undefined }),
  });
  return { code, said };
}

function canaries(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => /(?:^|\/)canary/.test(name) && !name.includes('/.git/refs/'));
}

/** Everything beside one folder. */
function listing(folder: string, but: string): string[] {
  return readdirSync(folder).flatMap((name) =>
    name === but ? [] : [name, ...readdirSync(join(folder, name), { recursive: true, encoding: 'utf8' })],
  );
}
