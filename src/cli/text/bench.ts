import type { Check } from '../../commands/doctor/check.js';
import { grouped } from '../../core/grouped.js';
import type { ComparedFigure } from '../bench/baseline.js';
import type { JudgedFigure } from '../bench/judge-bench.js';
import { type Operation, operations } from '../bench/plan.js';
import { profileNames } from '../bench/profile.js';
import type { BackendResult, BenchResult } from '../bench/result.js';
import { checkLines } from './check-lines.js';
import { terminalSafe } from './escape.js';
import { type Paint, paint } from './paint.js';
import type { Style } from './style.js';
import { alignedLines, counted } from './table.js';

export type MeasuredRun = {
  readonly result: BenchResult;
  readonly judged: readonly JudgedFigure[];
  /** Null where nothing was to be compared. */
  readonly compared: readonly ComparedFigure[] | null;
  /** Contracts of production that not every backend has. */
  readonly leftOut: number;
  /** Files as they were named; null where none was. */
  readonly saved: string | null;
  readonly profile: string | null;
};

/** What was measured, backend by backend; then each documented limit, and whether it holds. */
export function benchText({ result, judged, compared }: MeasuredRun, style: Style): string {
  const pen = paint(style);
  return [
    headline(result),
    '',
    ...figures(result.backends),
    ...(judged.length === 0 ? [] : ['', pen.bold('Documented limits'), ...judgedLines(judged, pen)]),
    ...(compared === null ? [] : ['', pen.bold('Since the saved run'), ...comparedLines(compared, pen)]),
  ].join('\n');
}

export function benchNotes({ result, judged, leftOut, saved, profile }: MeasuredRun, style: Style): string {
  const { yellow, green, mark } = paint(style);
  const over = judged.filter(({ holds }) => !holds).length;
  const writes = judged.some(({ measure }) => /write/i.test(measure));
  return [
    ...(result.machine.temporaryFolder === 'memory'
      ? [`${yellow(mark.warning)} Temporary files are in memory here: set TMPDIR to a folder on the disk that matters.`]
      : []),
    ...(leftOut > 0 ? [`${counted(leftOut, 'contract')} left out: not every backend has or takes them.`] : []),
    ...(writes
      ? [
          'A write of leveldb is one synced batch, of unified one commit that survives a power cut, of leveldb-unsynced',
          'neither: level answers before anything is on disk.',
        ]
      : []),
    over === 0
      ? `${green(mark.done)} Every limit holds.`
      : `${yellow(mark.warning)} ${counted(over, 'limit')} exceeded.`,
    ...(saved === null ? [] : [`Saved: ${terminalSafe(saved)}`]),
    ...(profile === null ? [] : profileLines(terminalSafe(profile))),
  ].join('\n');
}

/** Of `validate`. */
export function setupText(checks: readonly Check[], style: Style): string {
  return checks.flatMap((check) => checkLines(check, paint(style))).join('\n');
}

function profileLines(folder: string): string[] {
  return [
    `${folder}/${profileNames.cpu}: Performance panel of the developer tools, its main track is the flame graph.`,
    `${folder}/${profileNames.heap}: Memory panel. It holds what was in memory, environment variables too: do not hand it on.`,
  ];
}

function headline({ mode, records, machine }: BenchResult): string {
  const { node, platform, cpus } = machine;
  return `bench ${mode}: ${counted(records, 'record')}, node ${node}, ${platform}, ${counted(cpus, 'CPU')}; median / p95 in ms`;
}

const labels: Readonly<Record<Operation, string>> = {
  first: 'open, first read',
  read: 'read',
  bulkRead: 'read 50',
  query: 'query a chain',
  write: 'write',
  bulkWrite: 'write 50',
};

function figures(results: readonly BackendResult[]): string[] {
  const measured = operations.filter((name) => results.some((result) => result.operations[name] !== undefined));
  const rows = measured.map((name) => [
    labels[name],
    ...results.map(({ operations: own }) => {
      const summary = own[name];
      return summary === undefined ? '' : `${ms(summary.p50)} / ${ms(summary.p95)}`;
    }),
  ]);
  const memory = results.some((result) => result.memory !== null)
    ? [
        ['memory, peak', ...results.map((result) => (result.memory === null ? '' : mb(result.memory.peak)))],
        ['memory, retained', ...results.map((result) => (result.memory === null ? '' : mb(result.memory.retained)))],
      ]
    : [];
  return alignedLines([['', ...results.map(({ backend }) => backend)], ...rows, ...memory]);
}

/** Ratios one by one; of the limits that stand alone those that hold in one line each. */
function judgedLines(judged: readonly JudgedFigure[], pen: Paint): string[] {
  const quiet = judged.filter(({ against, holds }) => against === null && holds);
  const rows = judged
    .filter((one) => !quiet.includes(one))
    .map(({ measure, backend, against, actual, limit, holds, severity, origin }) => [
      holds ? pen.green(pen.mark.done) : overMark(severity, pen),
      backend,
      measure,
      figure(measure, actual),
      `limit ${figure(measure, limit)}`,
      against === null ? '' : `of ${against}`,
      pen.dim(origin),
    ]);
  return [...[...grouped(quiet, ({ id }) => id).values()].map((same) => heldLine(same, pen)), ...alignedLines(rows)];
}

function heldLine(same: readonly JudgedFigure[], { green, mark }: Paint): string {
  const all = same.map(({ backend, measure, actual }) => `${backend} ${figure(measure, actual)}`).join(', ');
  const [first] = same;
  return first === undefined
    ? ''
    : `${green(mark.done)}  ${first.measure} within ${figure(first.measure, first.limit)}: ${all}`;
}

function overMark(severity: JudgedFigure['severity'], { red, yellow, mark }: Paint): string {
  return severity === 'critical' ? red(mark.error) : yellow(mark.warning);
}

function comparedLines(compared: readonly ComparedFigure[], pen: Paint): string[] {
  const signs = { critical: pen.red(pen.mark.error), warning: pen.yellow(pen.mark.warning) };
  return alignedLines(
    compared.map(({ backend, figure: name, before, after, change, alert }) => [
      alert === null ? pen.green(pen.mark.done) : signs[alert],
      backend,
      name === 'memory' ? 'memory' : labels[name],
      `${name === 'memory' ? mb(before) : ms(before)} ${pen.mark.arrow} ${name === 'memory' ? mb(after) : ms(after)}`,
      `${change >= 0 ? '+' : ''}${(change * 100).toFixed(0)} %`,
    ]),
  );
}

function figure(measure: JudgedFigure['measure'], value: number): string {
  if (measure.endsWith('Ratio')) return `${value.toFixed(value < 10 ? 2 : 1)}×`;
  return measure === 'memory' ? mb(value) : `${ms(value)} ms`;
}

function ms(value: number): string {
  return value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
}

function mb(value: number): string {
  return `${(value / 1e6).toFixed(1)} MB`;
}
