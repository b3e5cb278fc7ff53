import { join, resolve } from 'node:path';
import { findCheckout } from '../../git/checkout-place.js';
import { StateManagerError } from '../../errors.js';
import { flag, text, texts } from '../arguments.js';
import { type BenchData, generatedData } from '../bench/bench-data.js';
import { baselineText, compareBaseline } from '../bench/baseline.js';
import { judgeBench } from '../bench/judge-bench.js';
import { type BenchMode, benchModes, type BenchPlan, planBench } from '../bench/plan.js';
import { productionData } from '../bench/production-data.js';
import { profiled } from '../bench/profile.js';
import type { BenchResult } from '../bench/result.js';
import { runBench } from '../bench/run-bench.js';
import { validateSetup } from '../bench/validate-setup.js';
import type { Arguments, Context, Outcome, Verb } from '../command.js';
import { inTemporaryFolder } from '../demo/temporary-folder.js';
import { benchNotes, benchText, type MeasuredRun, setupText } from '../text/bench.js';
import { storeAt, usualLevelDb } from '../usual-leveldb.js';
import { refuseExisting, writeNewFile } from '../write-new-file.js';

export const runBenchVerb: Verb = async (args, context) => {
  const mode = modeOf(args);
  refuseStray(mode, args);
  const plan = planBench(mode, { records: text(args, 'records'), backends: texts(args, 'backend') });
  if (mode === 'validate') return validated(plan);
  const inCwd = (name: string): string | undefined => {
    const path = text(args, name);
    return path === undefined ? undefined : resolve(context.cwd, path);
  };
  const [save, profile] = [inCwd('save'), inCwd('profile')];
  const compare = text(args, 'compare');
  if (save !== undefined) await refuseExisting(save);
  const saved = compare === undefined ? null : await context.readInput(compare);
  const measure = (): Promise<{ result: BenchResult; leftOut: number }> => measured(plan, args, context);
  const { result, leftOut } = await (profile === undefined ? measure() : profiled(profile, measure));
  const run: MeasuredRun = {
    result,
    judged: judgeBench(result.backends),
    compared: saved === null ? null : compareBaseline(compare ?? '', saved, result),
    leftOut,
    saved: text(args, 'save') ?? null,
    profile: text(args, 'profile') ?? null,
  };
  if (save !== undefined) await writeNewFile(save, baselineText(result));
  const isOver = run.judged.some(({ holds }) => !holds) || (run.compared ?? []).some(({ alert }) => alert !== null);
  return {
    data: run,
    exit: flag(args, 'strict') && isOver ? 1 : 0,
    text: (style) => benchText(run, style),
    notes: (style) => benchNotes(run, style),
  };
};

function modeOf(args: Arguments): BenchMode {
  return benchModes.find((mode) => mode === text(args, 'mode')) ?? 'quick';
}

/** What a mode has no use for is not passed over in silence. Throws BAD_USAGE. */
function refuseStray(mode: BenchMode, args: Arguments): void {
  const useless = new Map<BenchMode, readonly string[]>([
    ['validate', ['records', 'save', 'compare', 'profile', 'leveldb', 'strict']],
    ['production', ['records']],
  ]);
  const others = mode === 'validate' || mode === 'production' ? [] : ['leveldb'];
  const isGiven = (name: string): boolean => flag(args, name) || text(args, name) !== undefined;
  const stray = [...(useless.get(mode) ?? []), ...others].find(isGiven);
  if (stray === undefined) return;
  throw new StateManagerError('BAD_USAGE', `bench ${mode} has no use for --${stray}.`, {
    hint: 'stateroot help bench',
  });
}

async function validated({ backends }: BenchPlan): Promise<Outcome> {
  const checks = await validateSetup(backends);
  return {
    data: { checks },
    exit: checks.every(({ severity }) => severity === 'ok') ? 0 : 1,
    text: (style) => setupText(checks, style),
  };
}

async function measured(plan: BenchPlan, args: Arguments, context: Context) {
  const run = async (data: BenchData, leftOut: number) => {
    const result = await runBench(plan, data, (total) => context.progress('bench', total));
    return { result, leftOut };
  };
  if (plan.mode !== 'production') return run(generatedData(plan.records), 0);
  return inTemporaryFolder(async (folder) => {
    const data = await productionData(await productionPlaces(args, context), folder);
    return run(data, data.leftOut);
  }, 'bench');
}

/** Outside of a repository there can be a LevelDB all the same. */
async function productionPlaces(args: Arguments, context: Context) {
  const { cwd } = context;
  const checkout = await findCheckout(cwd, context.environment).catch((error: unknown) => {
    if (error instanceof StateManagerError && error.code === 'NOT_A_REPOSITORY') return null;
    throw error;
  });
  const stateRoot = checkout === null ? null : join(checkout.top, checkout.root);
  const asked = text(args, 'leveldb');
  if (asked !== undefined) return { stateRoot, leveldb: resolve(cwd, asked) };
  return { stateRoot, leveldb: await (stateRoot === null ? storeAt(join(cwd, 'leveldb')) : usualLevelDb(context)) };
}
