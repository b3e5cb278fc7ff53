import type { ContractChange, NetworkChange } from '../../core/diff/change.js';
import { type CodeVersion, codeVersions, driftAfter } from '../../core/diff/versions.js';
import type { NetworkFile } from '../../core/model/network-file.js';
import { terminalSafe } from './escape.js';
import { fieldLine } from './field-lines.js';
import type { Style } from './style.js';
import { counted, padded } from './table.js';
import { shortHash } from './value.js';

type Files = ReadonlyMap<string, NetworkFile>;

/**
 * `elsewhere`: which other networks run the code of before and after under the same name. On one line where it fits,
 * else one line per code.
 */
export function elsewhereLines(
  network: string,
  { name, fields }: ContractChange,
  after: Files,
  style: Style,
): string[] {
  const change = fields.find(({ path }) => path === 'implementationHash');
  const others = [...after.values()].filter((file) => file.network !== network);
  const hashes = [change?.after, change?.before].flatMap((hash) =>
    typeof hash === 'string' ? [hash.toLowerCase()] : [],
  );
  const versions = hashes.length === 0 ? [] : codeVersions(others, name);
  const parts = hashes
    .flatMap((hash) => versions.find((version) => version.hash === hash) ?? [])
    .map((version) => `${digits(version)} on ${networkList(version.networks, style)}`);
  const line = fieldLine('elsewhere', parts.join('; '));
  if (parts.length === 0 || line.length <= style.width) return parts.length === 0 ? [] : [line];
  return parts.map((part, i) => fieldLine(i === 0 ? 'elsewhere' : '', part));
}

/**
 * Which code each contract whose code was changed runs where, when the networks differ afterwards; '' when none does.
 * What has just been written comes first.
 */
export function renderAcrossNetworks(networks: readonly NetworkChange[], after: Files, style: Style): string {
  const differing = driftAfter(networks, after.values());
  if (differing.length === 0) return '';
  const width = Math.max(15, ...differing.map(({ name }) => terminalSafe(name).length));
  const lines = differing.slice(0, shownContracts).flatMap(({ name, versions }) =>
    versions.map((version, i) => {
      const { length } = version.networks;
      return `  ${padded(i === 0 ? terminalSafe(name) : '', width)}  ${digits(version)} on ${length} (${networkList(version.networks, style)})`;
    }),
  );
  const rest = differing.length - shownContracts;
  return [
    'Across networks after this change',
    ...lines,
    ...(rest > 0 ? [`  and ${counted(rest, 'more contract')}; stateroot list shows all`] : []),
  ].join('\n');
}

const shownContracts = 10;

function digits({ hash }: CodeVersion): string {
  return shortHash(hash) ?? terminalSafe(hash);
}

/** As many names as fit beside a label and a hash. */
function networkList(networks: readonly string[], style: Style): string {
  const names = networks.map(terminalSafe);
  const room = Math.min(style.width, 100) - 36;
  const all = names.join(', ');
  if (all.length <= room) return all;
  const shown = names.slice(0, 1);
  for (const name of names.slice(1)) {
    if ([...shown, name].join(', ').length > room - ' and 9,999 more'.length) break;
    shown.push(name);
  }
  const rest = names.length - shown.length;
  return rest === 0 ? all : `${shown.join(', ')} and ${rest.toLocaleString('en-US')} more`;
}
