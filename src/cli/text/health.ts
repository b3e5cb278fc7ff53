import type { HealthCheck } from '../../commands/health/health-check.js';
import { checkLines } from './check-lines.js';
import { paint } from './paint.js';
import type { Style } from './style.js';
import { counted } from './table.js';

/** Part by part, one line per check, and below it the command that repairs it. */
export function healthText(checks: readonly HealthCheck[], style: Style): string {
  const pen = paint(style);
  const parts = [...new Set(checks.map(({ part }) => part))];
  return parts
    .flatMap((part) => [
      pen.bold(part),
      ...checks.filter((check) => check.part === part).flatMap((check) => checkLines(check, pen)),
    ])
    .join('\n');
}

export function healthNotes(checks: readonly HealthCheck[], style: Style): string {
  const { red, yellow, green, mark } = paint(style);
  const errors = checks.filter(({ severity }) => severity === 'error').length;
  const warnings = checks.filter(({ severity }) => severity === 'warning').length;
  const parts = [
    ...(errors === 0 ? [] : [counted(errors, 'error')]),
    ...(warnings === 0 ? [] : [counted(warnings, 'warning')]),
  ];
  if (parts.length === 0) return `${green(mark.done)} Healthy: ${counted(checks.length, 'check')}.`;
  const said = `${parts.join(' and ')} in ${counted(checks.length, 'check')}`;
  return errors > 0 ? `${red(mark.error)} Not healthy: ${said}.` : `${yellow(mark.warning)} Healthy, with ${said}.`;
}
