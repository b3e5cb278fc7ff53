import type { ImportResult } from '../../commands/import-source.js';
import { knownChains } from '../../core/config/chains.js';
import { foldSpelling } from '../../core/config/spelling.js';
import { isObject } from '../../core/json.js';
import type { Ambiguity } from '../../core/legacy/legacy-record.js';
import { cut } from './cut.js';
import { terminalSafe } from './escape.js';
import { doubtLine, foldedLines, passedOverLines } from './fold-report.js';
import { paint } from './paint.js';
import type { Style } from './style.js';
import { counted, grouped } from './table.js';
import { recoveredLine } from './written.js';

/** stdout of an import: how much came in, and one line per commit. */
export function importSummary(result: ImportResult, dryRun: boolean, style: Style): string {
  const { data, networks, target } = result;
  const colors = paint(style);
  const { mark } = colors;
  const total = data.imported.length + data.unchanged + data.quarantined.filter((one) => isRecord(result, one)).length;
  const changed = networks.filter((one) => one.isChanged);
  if (data.commits.length === 0 && (!dryRun || changed.length === 0)) {
    const where = target === null || target === result.current ? 'here' : `on branch ${terminalSafe(target)}`;
    return `${colors.green(mark.done)} Unchanged: ${counted(data.unchanged, 'record')} ${data.unchanged === 1 ? 'is' : 'are'} ${where} already. No commit.`;
  }
  const verb = dryRun ? 'Dry run, nothing was written. It would import' : `${colors.green(mark.done)} Imported`;
  const branch = target === null ? '' : ` to branch ${terminalSafe(target)}`;
  const count = grouped(data.imported.length + data.unchanged);
  const head = `${verb} ${count} of ${counted(total, 'record')}${branch}, one commit per network`;
  return [head, ...networkLines(changed)].join('\n');
}

/** A source of records has them as entries; of files that are folded single values are quarantined too. */
function isRecord({ kind }: ImportResult, { key, value }: ImportResult['data']['quarantined'][number]): boolean {
  if (kind === 'json') return isObject(value) && /^(?:\/checkpoint)?\/contracts\/[^/]+(?:\/[^/]+)?$/.test(key);
  return kind !== 'unified' || (isObject(value) && Object.hasOwn(value, 'entry'));
}

/** stderr: what was set aside or decided, and how to go on. */
export function importNotes(result: ImportResult, dryRun: boolean, style: Style): string {
  const sections = [
    result.recovered.map((write) => recoveredLine(write, style)),
    passedOverLines(result, style),
    warningLines(result, style),
    filledLines(result, style),
    historyLines(result, style),
    quarantineLines(result, style),
    ambiguityLines(result.data.ambiguous, style),
    dryRun || result.data.commits.length > 0 ? foldedLines(result, style) : [],
    missingLines(result, style),
    dryRun ? [] : nextLines(result),
  ];
  return sections.flat().join('\n');
}

function networkLines(networks: ImportResult['networks']): string[] {
  const name = Math.max(0, ...networks.map(({ network }) => network.length));
  const chain = Math.max(0, ...networks.map(({ chainId }) => String(chainId).length));
  const count = Math.max(0, ...networks.map(({ records }) => grouped(records).length));
  return networks.map(({ network, chainId, records, commit }) => {
    const id = commit === null ? '' : `${commit.slice(0, 7)}  `;
    const tail = `${grouped(records).padStart(count)} ${records === 1 ? 'record' : 'records'}`;
    return `  ${id}${network.padEnd(name)}  ${String(chainId).padStart(chain)}  ${tail}`;
  });
}

function quarantineLines({ kind, data: { quarantined }, quarantineFiles }: ImportResult, style: Style): string[] {
  if (quarantined.length === 0) return [];
  const colors = paint(style);
  const { mark } = colors;
  const [file, ...others] = quarantineFiles;
  const where = others.length === 0 ? (file ?? '') : `${file ?? ''} and ${counted(others.length, 'other file')}`;
  const rows = quarantined.map(({ key, reason, file: source }) => ({
    place: terminalSafe(kind === 'leveldb' ? key : `${source} ${key}`),
    reason: terminalSafe(reason),
  }));
  const width = rows.reduce((most, { place }) => Math.max(most, Math.min(40, place.length)), 0);
  const lines = rows.map(({ place, reason }) => `  ${place.padEnd(width)}  ${reason}`);
  const head = `${colors.yellow(mark.warning)} Quarantined ${grouped(quarantined.length)}, kept word for word in ${where}`;
  return [head, ...cut(lines, `--json lists all`)];
}

function warningLines({ data: { warnings = [] } }: ImportResult, style: Style): string[] {
  if (warnings.length === 0) return [];
  const colors = paint(style);
  const lines = warnings.map(
    ({ file, offset, message }) => `  ${terminalSafe(file)} at byte ${offset}  ${terminalSafe(message)}`,
  );
  const head = `${colors.yellow(colors.mark.warning)} The files of the source are not as LevelDB leaves them when it is closed: ${counted(warnings.length, 'place')}`;
  return [head, ...cut(lines, '--json lists all')];
}

function filledLines({ data: { recovered } }: ImportResult, style: Style): string[] {
  if (recovered.length === 0) return [];
  const colors = paint(style);
  const lines = recovered.map(
    ({ network, contractName, field, file }) =>
      `  ${terminalSafe(`${network}/${contractName}`)}  ${terminalSafe(field)}  from ${terminalSafe(file)}`,
  );
  const head = `${colors.blue(colors.mark.info)} Recovered ${counted(recovered.length, 'field')} from superseded entries, marked in source.recovered`;
  return [head, ...cut(lines, '--json lists all')];
}

function historyLines({ data: { history = [] } }: ImportResult, style: Style): string[] {
  if (history.length === 0) return [];
  const colors = paint(style);
  const counts = ['firstDeployedAt', 'upgrades'].map((field) => {
    return [field, history.filter((one) => one.field === field).length] as const;
  });
  const found = counts.flatMap(([field, count]) => (count === 0 ? [] : [`${field} of ${counted(count, 'record')}`]));
  return [`${colors.blue(colors.mark.info)} Superseded entries tell what was before: ${found.join(', ')}`];
}

/** Where readings of a source differ, and which was taken. */
export function ambiguityLines(ambiguous: readonly Ambiguity[], style: Style): string[] {
  if (ambiguous.length === 0) return [];
  const colors = paint(style);
  const { mark } = colors;
  const spellings = ambiguous.filter(({ rule }) => rule === 'network-spelling').map((one) => spellingCells(one));
  const width = (column: 0 | 1): number => spellings.reduce((most, cells) => Math.max(most, cells[column].length), 0);
  const lines = [
    ...spellings.map(
      ([chain, names, kept]) => `  ${chain.padEnd(width(0))}  ${names.padEnd(width(1))}  ${mark.arrow} ${kept}`,
    ),
    ...qualifiedLines(ambiguous, mark.arrow),
    ...ambiguous
      .filter(({ rule }) => rule === 'duplicate-record')
      .map((one) => `  ${placeOf(one)}  is another entry of ${safeText(one.kept)}, which stands`),
    ...ambiguous
      .filter(({ rule }) => rule === 'proxy-replaced')
      .map(
        (one) => `  ${placeOf(one)}  proxy ${safeText(one.other)} ${mark.arrow} ${safeText(one.kept)}, code unknown`,
      ),
    ...ambiguous.filter(({ rule }) => !ownWords.has(rule)).map(doubtLine),
  ];
  const how = spellings.length === 0 ? '' : '; `networks` in stateroot.config.json decides otherwise';
  return [
    `${colors.yellow(mark.warning)} Ambiguous ${grouped(ambiguous.length)}, decided as shown${how}`,
    ...cut(lines, '--json lists all'),
  ];
}

/** Rules of ambiguities that have a line of their own form; the others read like findings. */
const ownWords: ReadonlySet<string> = new Set([
  'network-spelling',
  'name-qualified',
  'duplicate-record',
  'proxy-replaced',
]);

/** The key, behind the file it stands in where the source is files. */
function placeOf({ file, path }: Ambiguity): string {
  return terminalSafe(file === undefined ? path : `${file} ${path}`);
}

function spellingCells({ path, kept, other }: Ambiguity): readonly [string, string, string] {
  const counts = isObject(other) ? Object.entries(other) : [];
  const names = counts
    .map(([name, count]) => `${terminalSafe(name)} (${typeof count === 'number' ? count : 1})`)
    .join(', ');
  const chainId = Number(path);
  const misled = counts.some(([name]) => ownerOf(name) !== undefined && ownerOf(name) !== chainId);
  const tier = knownChains.find((chain) => chain.chainId === chainId)?.tier;
  const why = misled && tier !== undefined ? `: ${chainId} is the ${tier}` : '';
  return [`chain ${path}`, names, `${safeText(kept)}${why}`];
}

/** The chain whose name a spelling is, where everybody calls it so. */
function ownerOf(spelling: string): number | undefined {
  const folded = foldSpelling(spelling);
  return knownChains.find(({ name, aliases }) => [name, ...aliases].some((other) => foldSpelling(other) === folded))
    ?.chainId;
}

/** One line for one name, whatever the number of chains it stands on. */
function qualifiedLines(ambiguous: readonly Ambiguity[], arrow: string): string[] {
  const prefixes = new Map<string, string[]>();
  for (const { rule, path, kept, other } of ambiguous) {
    if (rule !== 'name-qualified' || typeof other !== 'string') continue;
    const line = `${terminalSafe(other)}  ${arrow} ${safeText(kept)}`;
    const prefix = path.endsWith(other) ? path.slice(0, path.length - other.length) : `${path} `;
    prefixes.set(line, [...(prefixes.get(line) ?? []), terminalSafe(prefix)]);
  }
  return [...prefixes].map(([line, keys]) => `  ${keys.join(', ')}${line}`);
}

function missingLines({ withoutArguments }: ImportResult, style: Style): string[] {
  if (withoutArguments === 0) return [];
  const colors = paint(style);
  const { mark } = colors;
  return [`${colors.blue(mark.info)} Missing deploymentArgs on ${counted(withoutArguments, 'record')}`];
}

function nextLines({ kind, data, target, current }: ImportResult): string[] {
  if (data.commits.length === 0) return [];
  const branch = terminalSafe(target ?? 'HEAD');
  const own = target !== null && target !== current;
  const stays = own && current !== null ? ` Your branch ${terminalSafe(current)} has not moved.` : '';
  const merge = `git merge ${branch}`;
  const next = current === null ? merge : `stateroot diff ${terminalSafe(current)}..${branch}, then ${merge}`;
  // On the current branch the files of this repository may themselves be the source, and are folded then.
  const isOwnSource = kind === 'unified' && !own;
  const source = kind === 'leveldb' ? 'The source was copied first and is unchanged.' : 'The source is unchanged.';
  return ['', ...(isOwnSource ? [] : [`${source}${stays}`]), `Next: ${own ? next : 'stateroot log'}`];
}

function safeText(value: Ambiguity['kept']): string {
  return terminalSafe(typeof value === 'string' ? value : JSON.stringify(value));
}
