/** Of one operation on one backend, in ms. */
export type Summary = {
  readonly count: number;
  readonly mean: number;
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
};

/** Percentiles are samples that were measured: the smallest that is no less than that share of all. */
export function summarize(samples: readonly number[]): Summary {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  const mean = sorted.reduce((sum, sample) => sum + sample, 0) / Math.max(1, sorted.length);
  const micro = (value: number): number => Math.round(value * 1000) / 1000;
  return { count: sorted.length, mean: micro(mean), p50: micro(at(0.5)), p95: micro(at(0.95)), max: micro(at(1)) };
}
