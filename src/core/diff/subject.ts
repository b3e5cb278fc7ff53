import { escaped } from '../shown.js';
import { shortName } from '../model/names.js';
import type { ChangeKind, ContractChange, NetworkChange } from './change.js';

export type SubjectOf = {
  readonly operation: string;
  readonly changes: readonly NetworkChange[];
  /** Where an import comes from; its first word names the kind. */
  readonly source?: string;
  readonly prefix: string;
};

const limit = 72;
/** What brings records in from elsewhere is called by its own name, whatever the changes are. */
const bringing = ['import', 'migrate'];

const verbs: Readonly<Record<ChangeKind, string>> = {
  deploy: 'deploy',
  redeploy: 'redeploy',
  upgrade: 'upgrade',
  remove: 'remove',
  metadata: 'update',
};

/** What a rollback undid: taking back a deployment shows as a removal. */
const undone: Readonly<Record<ChangeKind, string>> = { ...verbs, deploy: 'remove', remove: 'deploy' };

/** The first line of a write's commit (CONTRACT §3), at most 72 characters; what is cut stands in the trailers. */
export function subjectLine(write: SubjectOf): string {
  const scope = scopeOf(write);
  const contracts = write.changes.flatMap((change) => change.contracts);
  const [only] = contracts;
  if (only === undefined || contracts.length > 1 || bringing.includes(write.operation)) {
    return cut(`${scope} ${summary(write, contracts)}`);
  }
  const verb = verbOf(write.operation, contracts);
  const full = `${scope} ${verb} ${escaped(only.name)}`;
  return full.length <= limit ? full : cut(`${scope} ${verb} ${escaped(shortName(only.name))}`);
}

function scopeOf({ changes, prefix }: SubjectOf): string {
  const [first, ...rest] = changes;
  const name = escaped(prefix);
  return first === undefined || rest.length > 0 ? `${name}:` : `${name}(${escaped(first.network)}):`;
}

function summary({ operation, changes, source }: SubjectOf, contracts: readonly ContractChange[]): string {
  const on = changes.length > 1 ? ` on ${changes.length} networks` : '';
  if (bringing.includes(operation)) {
    const kind = source?.split(' ')[0] ?? '';
    const from = kind === '' ? '' : ` from ${escaped(kind)}`;
    return contracts.length === 0 ? `${operation}${from}` : `${operation} ${counted(contracts.length)}${on}${from}`;
  }
  if (contracts.length > 0) return `${verbOf(operation, contracts)} ${counted(contracts.length)}${on}`;
  const prefix = operation === 'rollback' ? 'rollback ' : '';
  const sections = new Set(changes.flatMap((change) => change.sections.map(({ path }) => path.split('/')[1] ?? '')));
  const [section] = sections;
  if (section !== undefined) return `${prefix}update ${sections.size === 1 ? escaped(section) : 'sections'}${on}`;
  return `${prefix}update ${changes.length === 1 ? 'network' : 'networks'}${on}`;
}

function verbOf(operation: string, contracts: readonly ContractChange[]): string {
  const words = operation === 'rollback' ? undone : verbs;
  const [verb, ...others] = new Set(contracts.map((change) => words[change.kind]));
  const word = verb === undefined || others.length > 0 ? 'update' : verb;
  return operation === 'rollback' ? `rollback ${word}` : word;
}

function counted(records: number): string {
  return records === 1 ? '1 record' : `${records} records`;
}

function cut(line: string): string {
  return line.length <= limit ? line : `${line.slice(0, limit - 3)}...`;
}
