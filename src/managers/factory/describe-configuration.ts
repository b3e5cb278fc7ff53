import type { Chosen } from './choose-backend.js';
import type { StateManagerConfig } from './resolve-configuration.js';
import type { Setting } from './setting.js';

/** One line for each setting, with its value and where that comes from; then what was chosen and why. */
export function describeConfiguration(config: StateManagerConfig, chosen: Chosen, log: ReadonlySet<string>): string {
  const byWhatIsThere = 'by what is there';
  const rows: [string, string, string][] = [
    row('backend', config.backend),
    row('primaryBackend', config.primaryBackend),
    row('secondaryBackend', config.secondaryBackend, byWhatIsThere),
    row('preferJSON', config.preferJSON, byWhatIsThere),
    row('enableFallback', config.enableFallback),
    row('enableCaching', config.enableCaching),
    row('dualWriteEnabled', config.dualWriteEnabled),
    ['log', log.size === 0 ? 'none' : [...log].sort().join(', '), log.size === 0 ? 'default' : 'DEBUG variables'],
  ];
  const widths = [0, 1].map((column) => Math.max(...rows.map((cells) => (cells[column] ?? '').length)));
  const lines = rows.map(([name, value, origin]) => {
    return `  ${name.padEnd(widths[0] ?? 0)}  ${value.padEnd(widths[1] ?? 0)}  ${origin}`;
  });
  return [
    `State manager for ${config.network ?? 'every network'}: ${chosen.backends.join(' + ')}`,
    `  because ${chosen.reason}`,
    ...lines,
    ...config.notes.map((note) => `  ${note}`),
    '',
  ].join('\n');
}

function row(name: string, { value, origin }: Setting<string | boolean | null>, unset = ''): [string, string, string] {
  return [name, value === null ? unset : String(value), origin];
}
