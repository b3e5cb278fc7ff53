import { compareText } from '../../core/equal.js';
import type { StateRepository } from '../../ports/state-repository.js';
import type { Check } from '../doctor/check.js';
import { configAt } from '../read-snapshot.js';
import { orRefused } from './refused-check.js';

/** Are the RPC variables set that the configuration names? Their values are not looked at, and nothing is connected to. */
export function rpcChecks(
  repository: StateRepository,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<readonly Check[]> {
  return orRefused('rpc', async () => {
    const { rpc } = await configAt(repository, 'worktree');
    const names = [...new Set(Object.values(rpc).filter((name) => typeof name === 'string'))].sort(compareText);
    if (names.length === 0) return [];
    const unset = names.filter((name) => (environment[name] ?? '') === '');
    if (unset.length === 0) return [{ check: 'rpc', severity: 'ok', message: `${names.join(', ')} set` }];
    const message = `Not set, and deploy scripts may need it: ${unset.join(', ')}`;
    return [{ check: 'rpc', severity: 'warning', message, fix: `export ${unset[0] ?? ''}=<url>` }];
  });
}
