import { type HealthPart, healthParts } from '../../commands/health/health-check.js';
import { text } from '../arguments.js';
import type { Verb } from '../command.js';
import { collectHealth } from '../health/collect-health.js';
import { healthNotes, healthText } from '../text/health.js';

export const runHealth: Verb = async (args, context) => {
  const only = healthParts.find((part) => part === text(args, 'only'));
  const parts: readonly HealthPart[] = only === undefined ? healthParts : [only];
  const health = await collectHealth(context, { parts, leveldb: text(args, 'leveldb'), now: Date.now() });
  const isHealthy = health.checks.every(({ severity }) => severity !== 'error');
  return {
    data: { healthy: isHealthy, checks: health.checks },
    findings: health.findings,
    exit: isHealthy ? 0 : 1,
    text: (style) => healthText(health.checks, style),
    notes: (style) => healthNotes(health.checks, style),
  };
};
