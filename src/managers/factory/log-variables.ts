import type { Environment } from '../../git/environment.js';
import { type LogRequest, logTopics } from '../layers/log-topics.js';
import { booleanOf } from './setting.js';

const variables: readonly string[] = [
  'DEBUG_STATE_MANAGER',
  'DEBUG_JSON_BACKEND',
  'DEBUG_LEVELDB_BACKEND',
  'DEBUG_DUAL_WRITE',
  'DEBUG_DEPLOYMENT',
  'MIGRATION_DEBUG',
  'VERBOSE_LOGGING',
];

/** What the environment asks to be logged (R075–R077). Throws ENVIRONMENT_INVALID for a switch that is neither on nor off. */
export function readLogRequest(env: Environment): LogRequest {
  for (const variable of variables) booleanOf(env, variable);
  return logTopics(env);
}
