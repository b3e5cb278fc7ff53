import type { Config } from '../config/config.js';
import { shortName } from './names.js';

const infrastructure: ReadonlySet<string> = new Set([
  'CrossChainRouter',
  'FeeManager',
  'ProtocolRegistry',
  'SecurityManager',
]);

/** Where a new record goes when nobody says (CONTRACT §4, `put`): configuration, else by what it is called, else core. */
export function categoryOf(name: string, config: Config): string {
  const short = shortName(name);
  const configured = config.categories.get(name) ?? config.categories.get(short);
  if (configured !== undefined) return configured;
  if (short.endsWith('Module')) return 'protocol';
  return infrastructure.has(short) ? 'infrastructure' : 'core';
}
