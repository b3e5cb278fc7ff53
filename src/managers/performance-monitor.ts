import { performance } from 'node:perf_hooks';
import { shown } from '../core/shown.js';
import { StateManagerError } from '../errors.js';
import { slowCall } from './thresholds.js';

export type MonitorOptions = {
  /** ms; default 1,000. */
  readonly slowAfter?: number | undefined;
  /** Default stderr. */
  readonly warn?: ((message: string) => void) | undefined;
};

type Timing = { readonly operation: string; readonly start: number };

/** The documents' stopwatch: one timing per operation under way, and the mean of all that have ended. */
export class PerformanceMonitor {
  readonly #slowAfter: number;
  readonly #warn: (message: string) => void;
  readonly #running = new Map<string, Timing>();
  readonly #ended = new Map<string, { count: number; sum: number }>();
  #started = 0;

  constructor({ slowAfter = slowCall.limit, warn = console.warn }: MonitorOptions = {}) {
    this.#slowAfter = slowAfter;
    this.#warn = warn;
  }

  /** What `endTiming` is to be called with. */
  startTiming(operation: string): string {
    this.#started += 1;
    const id = `${operation}_${this.#started}`;
    this.#running.set(id, { operation, start: performance.now() });
    return id;
  }

  /** How long it took, in ms; warns of what was slow. Throws BAD_USAGE for a timing that is not under way. */
  endTiming(id: string): number {
    const timing = this.#running.get(id);
    if (timing === undefined) {
      throw new StateManagerError('BAD_USAGE', `No timing ${shown(id)} is under way`, {
        hint: 'pass what startTiming returned, once',
      });
    }
    this.#running.delete(id);
    const duration = performance.now() - timing.start;
    const { count, sum } = this.#ended.get(timing.operation) ?? { count: 0, sum: 0 };
    this.#ended.set(timing.operation, { count: count + 1, sum: sum + duration });
    if (duration > this.#slowAfter) {
      this.#warn(`Slow operation: ${shown(timing.operation)} took ${Math.round(duration)} ms`);
    }
    return duration;
  }

  /** ms; 0 where none has ended. */
  getAverageTime(operation: string): number {
    const ended = this.#ended.get(operation);
    return ended === undefined ? 0 : ended.sum / ended.count;
  }
}
