import process from 'node:process';

const runs = Number(process.env['STATEROOT_RUNS'] ?? 31);

/** The median of what each takes, in milliseconds, over STATEROOT_RUNS turns; the first turn fills the caches. */
export function byTurns(all: readonly (() => number)[]): number[] {
  const times = all.map((): number[] => []);
  for (let turn = 0; turn <= runs; turn += 1) {
    for (const [at, one] of all.entries()) {
      const time = one();
      if (turn > 0) times[at]?.push(time);
    }
  }
  return times.map((each) => each.sort((a, b) => a - b)[each.length >> 1] ?? 0);
}
