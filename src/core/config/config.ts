import { StateManagerError } from '../../errors.js';
import { isObject, type Json, type JsonObject, member } from '../json.js';
import { networkNameProblem } from '../model/names.js';
import { config as validate } from '../schema/validators.js';
import { shown } from '../shown.js';
import { pointer } from '../text/pointer.js';
import { type Locator, locate } from '../text/position.js';
import { readText } from '../text/read.js';
import { type ConfigProblem, schemaProblems } from './schema-problems.js';
import { foldSpelling } from './spelling.js';

export type ConfiguredNetwork = {
  readonly name: string;
  readonly chainId?: number;
  readonly environment?: string;
  readonly tier?: string;
  /** Other spellings; compared without case, blanks, `-` and `_`. */
  readonly aliases: readonly string[];
};

/** Findings of one rule that are accepted for a while; of all networks, records and places it does not name. */
export type Waiver = {
  readonly rule: string;
  /** The last day it holds, `YYYY-MM-DD`, UTC. */
  readonly until: string;
  readonly reason: string;
  readonly network?: string;
  readonly contract?: string;
  /** RFC 6901 pointer into the network file. */
  readonly path?: string;
};

/** `stateroot.config.json`, every part optional (CONTRACT §2). */
export type Config = {
  readonly networks: readonly ConfiguredNetwork[];
  /** Contract name → category. */
  readonly categories: ReadonlyMap<string, string>;
  /** Rule id → severity, as it stands. */
  readonly rules: JsonObject;
  readonly waivers: readonly Waiver[];
  /** Network name → name of the environment variable that holds its RPC URL, as it stands. */
  readonly rpc: JsonObject;
  readonly message: { readonly prefix: string };
};

export const defaultConfig: Config = {
  networks: [],
  categories: new Map(),
  rules: {},
  waivers: [],
  rpc: {},
  message: { prefix: 'state' },
};

/** Reads the configuration of a state root; null = there is none. Throws CONFIG_INVALID with line:column, key and what is expected. */
export function readConfig(bytes: Uint8Array | null): Config {
  if (bytes === null) return defaultConfig;
  const read = readText(bytes);
  if (!read.ok) {
    const { line, column, message } = read.refusal;
    throw refusal([{ path: read.refusal.path, at: 'value', message, line, column }]);
  }
  const problems = schemaProblems(read.value, validate);
  if (problems.length > 0) throw refusal(placed(problems, locate(read.text)));
  const config = configOf(read.value);
  const contradictions = [...networkProblems(config.networks), ...waiverProblems(config.waivers)];
  if (contradictions.length > 0) throw refusal(placed(contradictions, locate(read.text)));
  return config;
}

/** `YYYY-MM-DD`, a day that exists. */
export function isDay(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** For a value that the schema has accepted. */
function configOf(root: JsonObject): Config {
  const prefix = member(objectAt(root, 'message'), 'prefix');
  const categories = Object.entries(objectAt(root, 'categories')).flatMap(([name, category]) =>
    typeof category === 'string' ? [[name, category] as const] : [],
  );
  return {
    networks: itemsOf(root, 'networks').map(networkOf),
    categories: new Map(categories),
    rules: objectAt(root, 'rules'),
    waivers: itemsOf(root, 'waivers').map(waiverOf),
    rpc: objectAt(root, 'rpc'),
    message: { prefix: typeof prefix === 'string' ? prefix : defaultConfig.message.prefix },
  };
}

function networkOf(entry: JsonObject): ConfiguredNetwork {
  const chainId = member(entry, 'chainId');
  const aliases = member(entry, 'aliases');
  const name = member(entry, 'name');
  const environment = member(entry, 'environment');
  const tier = member(entry, 'tier');
  return {
    name: typeof name === 'string' ? name : '',
    ...(typeof chainId === 'number' ? { chainId } : {}),
    ...(typeof environment === 'string' ? { environment } : {}),
    ...(typeof tier === 'string' ? { tier } : {}),
    aliases: (Array.isArray(aliases) ? (aliases as readonly Json[]) : []).filter((alias) => typeof alias === 'string'),
  };
}

function waiverOf(entry: JsonObject): Waiver {
  const said = (key: string): string | undefined => {
    const value = member(entry, key);
    return typeof value === 'string' ? value : undefined;
  };
  const [network, contract, path] = [said('network'), said('contract'), said('path')];
  return {
    rule: said('rule') ?? '',
    until: said('until') ?? '',
    reason: said('reason') ?? '',
    ...(network === undefined ? {} : { network }),
    ...(contract === undefined ? {} : { contract }),
    ...(path === undefined ? {} : { path }),
  };
}

/** `2025-02-30` has the form of a day and is none. */
function waiverProblems(waivers: readonly Waiver[]): ConfigProblem[] {
  return waivers.flatMap(({ until }, i): ConfigProblem[] =>
    isDay(until) ? [] : [{ path: pointer('waivers', i, 'until'), at: 'value', message: 'is no day of the calendar' }],
  );
}

/** What a schema cannot say: names that name, and no two networks that claim one spelling or one chain. */
function networkProblems(networks: readonly ConfiguredNetwork[]): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const claims = new Map<string, number>();
  const claim = (key: string, owner: number, path: string): void => {
    const other = claims.get(key) ?? owner;
    claims.set(key, other);
    if (other === owner) return;
    problems.push({ path, at: 'value', message: `already belongs to ${shown(networks[other]?.name ?? '')}` });
  };
  for (const [i, { name, chainId, environment }] of networks.entries()) {
    const path = pointer('networks', i, 'name');
    const problem = networkNameProblem(name);
    if (problem !== null) problems.push({ path, at: 'value', message: `is no network name: ${problem}` });
    claim(`spelling ${foldSpelling(name)}`, i, path);
    if (chainId !== undefined) claim(`chain ${chainId} ${environment ?? ''}`, i, pointer('networks', i, 'chainId'));
  }
  for (const [i, { aliases }] of networks.entries()) {
    for (const [j, alias] of aliases.entries()) {
      claim(`spelling ${foldSpelling(alias)}`, i, pointer('networks', i, 'aliases', j));
    }
  }
  return problems;
}

function placed(problems: readonly ConfigProblem[], find: Locator): PlacedProblem[] {
  return problems
    .map((problem) => ({ ...problem, ...find(problem.path, problem.at) }))
    .sort((a, b) => a.line - b.line || a.column - b.column);
}

type PlacedProblem = ConfigProblem & { readonly line: number; readonly column: number };

function refusal(problems: readonly PlacedProblem[]): StateManagerError {
  const [first, ...rest] = problems;
  const where = `stateroot.config.json:${first?.line ?? 1}:${first?.column ?? 1}`;
  const what = first === undefined ? 'is invalid' : [first.path, first.message].filter((part) => part !== '').join(' ');
  const more = rest.length === 0 ? '' : ` (and ${rest.length} more)`;
  return new StateManagerError('CONFIG_INVALID', `${where}: ${what}${more}`, {
    hint: 'correct it there; schemas/config.schema.json says what each key holds',
    details: { problems: problems.map(({ path, message, line, column }) => ({ path, message, line, column })) },
  });
}

function objectAt(object: JsonObject, key: string): JsonObject {
  const value = member(object, key);
  return isObject(value) ? value : {};
}

function itemsOf(object: JsonObject, key: string): JsonObject[] {
  const value = member(object, key);
  return (Array.isArray(value) ? (value as readonly Json[]) : []).filter(isObject);
}
