import { statfs } from 'node:fs/promises';
import { arch, availableParallelism, freemem, platform, release, tmpdir, totalmem } from 'node:os';
import { healthParts } from '../../commands/health/health-check.js';
import { isoTime } from '../../commands/iso-time.js';
import { configAt } from '../../commands/read-snapshot.js';
import { status } from '../../commands/status.js';
import { compareText } from '../../core/equal.js';
import type { Finding } from '../../core/finding.js';
import { grouped } from '../../core/grouped.js';
import type { Json } from '../../core/json.js';
import { configPath, stateFolders } from '../../core/layout.js';
import { redactValue } from '../../core/redact/redact-value.js';
import { readText } from '../../core/text/read.js';
import { StateManagerError } from '../../errors.js';
import { findCheckout } from '../../git/checkout-place.js';
import { migrationNotes } from '../../git/migration-notes.js';
import type { Context } from '../command.js';
import { collectHealth } from '../health/collect-health.js';
import { packageVersion } from '../installation.js';
import { ownVariables } from './environment-names.js';
import { tellingSettings } from './git-settings.js';
import { hiddenHere } from './hidden.js';

/** As `--json` prints it, by section; one that could not be looked at is null, and `errors` says why. */
export type Diagnostics = { readonly [section: string]: Json };

const shownCommits = 20;

/**
 * What a report of a problem needs, and no secret: values of variables are shown for our own names only, and every text goes
 * through `redactValue`. Also outside of a repository. `now` in ms since 1970.
 */
export async function collectDiagnostics(context: Context, now: number): Promise<Diagnostics> {
  const errors: Json[] = [];
  const section = async <Answer>(name: string, look: () => Promise<Answer>): Promise<Answer | null> => {
    try {
      return await look();
    } catch (error) {
      if (!(error instanceof StateManagerError)) throw error;
      errors.push({ section: name, code: error.code, message: error.message, hint: error.hint ?? null });
      return null;
    }
  };
  const place = await section('repository', () => findCheckout(context.cwd, context.environment));
  const settings = (await section('git settings', async () => (await context.openCheckout()).settings())) ?? [];
  const health = await section('health', () => collectHealth(context, { parts: healthParts, leveldb: undefined, now }));
  const isSetup = ({ part }: { readonly part: string }): boolean => part === 'system';
  const document = {
    generatedAt: isoTime(now),
    versions: { stateroot: packageVersion(), node: context.nodeVersion },
    platform: {
      system: platform(),
      release: release(),
      processor: arch(),
      processors: availableParallelism(),
      memoryTotal: totalmem(),
      memoryFree: freemem(),
    },
    disk: await diskSpace(place?.top ?? null),
    git: await section('git', async () => ({ ...(await (await context.openCheckout()).facts()) })),
    gitSettings: tellingSettings(settings),
    environment: ownVariables(context.environment),
    rpcVariables: await section('rpc', () => rpcVariables(context)),
    configuration: await section('configuration', () => configuration(context)),
    status: await section('status', () => statusOf(context)),
    doctor: health?.checks.filter(isSetup) ?? null,
    health: health?.checks.filter((check) => !isSetup(check)) ?? null,
    findings: findingCounts(health?.findings ?? []),
    migration: place === null ? null : await section('migration', () => migrationNotes(place).read()),
    commits: await section('commits', () => stateCommits(context)),
    errors,
  };
  const hidden = hiddenHere({ environment: context.environment, settings, top: place?.top ?? null });
  // As JSON has it: what is undefined is gone, and what is left are values to redact.
  return redactValue(JSON.parse(JSON.stringify(document)) as Json, hidden) as Diagnostics;
}

async function diskSpace(top: string | null) {
  const places = [...(top === null ? [] : [['repository', top] as const]), ['temporary files', tmpdir()] as const];
  return Promise.all(
    places.map(async ([of, folder]) => {
      const { bavail, bsize, blocks } = await statfs(folder);
      return { of, free: bavail * bsize, total: blocks * bsize };
    }),
  );
}

/** Names, and whether they are set: the values are URLs with keys. */
async function rpcVariables(context: Context) {
  const { rpc } = await configAt(await context.openRepository(), 'worktree');
  const names = Object.values(rpc).filter((name) => typeof name === 'string');
  return [...new Set(names)].sort(compareText).map((name) => ({
    name,
    isSet: (context.environment[name] ?? '') !== '',
  }));
}

/** As it stands, valid or not; null where there is none. */
async function configuration(context: Context): Promise<Json> {
  const repository = await context.openRepository();
  const [file] = await (await repository.at('worktree')).read([configPath(repository.root)]);
  if (file === undefined) return null;
  const read = readText(file.bytes);
  return read.ok ? read.value : { unreadable: `${read.refusal.rule}, line ${read.refusal.line}` };
}

/** Without who did it, and on which host. */
async function statusOf(context: Context) {
  const now = await status(await context.openRepository(), await context.openCheckout());
  const { branch, commit, upstream, roots, lastChange, edited, conflicted, unfinished, gate } = now;
  return {
    branch,
    commit: short(commit),
    upstream,
    roots,
    lastChange: lastChange === null ? null : { commit: short(lastChange.commit), time: lastChange.time },
    edited,
    conflicted,
    unfinished: unfinished.map(({ operation, startedAt, state, paths, reason }) => ({
      operation,
      startedAt,
      state,
      paths,
      reason,
    })),
    gate,
  };
}

async function stateCommits(context: Context) {
  const repository = await context.openRepository();
  const { commit } = await repository.head();
  if (commit === null) return [];
  const query = { from: commit, paths: stateFolders(repository.root), limit: shownCommits };
  return (await repository.history(query)).map(({ oid, time, message }) => ({
    commit: short(oid),
    time: isoTime(time),
    subject: message.split('\n')[0] ?? '',
  }));
}

function findingCounts(findings: readonly Finding[]) {
  return [...grouped(findings, ({ rule }) => rule)]
    .map(([rule, all]) => ({ rule, severity: all[0]?.severity ?? 'info', count: all.length }))
    .sort((a, b) => compareText(a.rule, b.rule));
}

/** Whole ones look like keys, and are hidden. */
function short(oid: string | null): string | null {
  return oid === null ? null : oid.slice(0, 12);
}
