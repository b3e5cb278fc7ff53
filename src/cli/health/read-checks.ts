import type { Check } from '../../commands/doctor/check.js';
import { judgeMetrics } from '../../managers/judge-metrics.js';
import type { StateManager } from '../../managers/state-manager.js';
import { counted } from '../text/table.js';

/** Enough for a 95th percentile, few enough to be no work. */
const reads = 50;

/** How fast a backend reads what it has, by the documented thresholds. Nothing is written. */
export async function readChecks(manager: StateManager): Promise<readonly Check[]> {
  const contracts = await manager.store.list();
  if (contracts.length === 0) return [];
  for (let i = 0; i < reads; i += 1) {
    const { chainId, contractName } = contracts[i % contracts.length] ?? { chainId: 0, contractName: '' };
    await manager.getContract(chainId, contractName);
  }
  const metrics = await manager.getMetrics();
  const { p50 = 0, p95 = 0 } = metrics.latencies?.read ?? {};
  const backend = manager.getBackendType();
  const message = `${backend}: ${counted(reads, 'read')}, median ${ms(p50)}, p95 ${ms(p95)}`;
  const exceeded = judgeMetrics(metrics).map(
    ({ severity, message: limit }): Check => ({
      check: 'performance',
      severity: severity === 'critical' ? 'error' : 'warning',
      message: `${backend}: ${limit}`,
      fix: 'stateroot bench read',
    }),
  );
  return [{ check: 'performance', severity: 'ok', message }, ...exceeded];
}

function ms(value: number): string {
  return `${value.toFixed(2)} ms`;
}
