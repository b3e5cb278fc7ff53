import { resolve } from 'node:path';
import { shown } from '../../core/shown.js';
import { StateManagerError } from '../../errors.js';
import { writeDurably } from '../../git/write/durable.js';
import type { ContractStore } from '../contract-store.js';
import type { BackendMetrics } from '../istate-manager.js';
import { judgeMetrics } from '../judge-metrics.js';
import { metered, openMeter } from '../meter.js';

export type MeasureOptions = {
  /** Written whole when the store is closed: `{backend, writtenAt, metrics, exceeded}`. Default none. */
  readonly metricsFile?: string | undefined;
};

export type MeasuredStore = ContractStore & { metrics(): BackendMetrics };

/**
 * Counts what goes through it. Closing throws FILE_FAILED when the metrics file cannot be written; the store is closed
 * then all the same.
 */
export function measured({ metricsFile }: MeasureOptions = {}): (store: ContractStore) => MeasuredStore {
  return (store) => {
    const meter = openMeter();
    const around = metered(store, meter);
    const metrics = (): BackendMetrics => {
      const cacheHitRate = store.hitRate?.();
      return { ...meter.metrics(), ...(cacheHitRate === undefined ? {} : { cacheHitRate }) };
    };
    const close = async () => {
      await around.close();
      if (metricsFile !== undefined) await write(metricsFile, store.type, metrics());
    };
    return { ...around, close, metrics };
  };
}

async function write(file: string, backend: string, metrics: BackendMetrics): Promise<void> {
  const report = { backend, writtenAt: new Date().toISOString(), metrics, exceeded: judgeMetrics(metrics) };
  try {
    await writeDurably(resolve(file), `${JSON.stringify(report, null, 2)}\n`);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StateManagerError('FILE_FAILED', `The metrics ${shown(file)} cannot be written: ${reason}`, {
      hint: 'name a file that can be; the state is written and closed',
      cause,
      details: { file },
    });
  }
}
