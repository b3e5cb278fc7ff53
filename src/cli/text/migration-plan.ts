import type { Inventory } from '../../commands/migration/inventory.js';
import type { MigrationPlan } from '../../commands/migration/plan-migration.js';
import { phases } from '../../core/migration/phases.js';
import { cut } from './cut.js';
import { terminalSafe } from './escape.js';
import { ambiguityLines } from './import-report.js';
import { paint } from './paint.js';
import type { Style } from './style.js';
import { alignedLines, counted, grouped } from './table.js';

/** stdout of `migrate plan`: what would come in, then the phases. */
export function planSummary({ inventory, isThere, batches }: MigrationPlan, style: Style): string {
  if (isThere) {
    const { green, mark } = paint(style);
    return `${green(mark.done)} Nothing to migrate: this branch says all of the ${counted(inventory.records, 'record')} already.`;
  }
  const head = `${counted(inventory.records, 'record')} on ${counted(inventory.networks.length, 'network')}, ${grouped(inventory.changed)} new or changed, in ${counted(batches, 'batch', 'batches')}`;
  const table = phases.map(({ number, name, planned, risk, does }) => [
    `  ${number}`,
    name,
    `${risk} risk`,
    planned,
    does,
  ]);
  return [
    head,
    ...networkLines(inventory),
    '',
    'Phases, with what the documents plan for each',
    ...alignedLines(table),
  ].join('\n');
}

/** stderr: what a person should know before. */
export function planNotes({ inventory, isThere }: MigrationPlan, style: Style): string {
  const next = isThere ? [] : ['Nothing was written. Next: stateroot migrate run'];
  return [...inventoryNotes(inventory, style), ...next].join('\n');
}

/** What was set aside, recovered or decided. */
function inventoryNotes(inventory: Inventory, style: Style): string[] {
  const { yellow, blue, mark } = paint(style);
  const { quarantined, recovered, ambiguous, withoutArguments, passedOver } = inventory;
  const section = (head: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : [head, ...cut(lines, '--json lists all')];
  return [
    ...section(
      `${yellow(mark.warning)} Passed over ${counted(passedOver.length, 'file')}`,
      passedOver.map(({ file, reason }) => `  ${terminalSafe(file)}  ${terminalSafe(reason)}`),
    ),
    ...section(
      `${blue(mark.info)} Recovered ${counted(recovered.length, 'field')}, marked in source.recovered`,
      recovered.map(
        ({ network, contractName, field, file }) =>
          `  ${terminalSafe(`${network}/${contractName}`)}  ${terminalSafe(field)}  from ${terminalSafe(file)}`,
      ),
    ),
    ...section(
      `${yellow(mark.warning)} To quarantine, word for word: ${counted(quarantined.length, 'entry', 'entries')}`,
      quarantined.map(({ key, file, reason }) => {
        const place = file === undefined ? key : `${file} ${key}`;
        return `  ${terminalSafe(place)}  ${terminalSafe(reason)}`;
      }),
    ),
    ...ambiguityLines(ambiguous, style),
    ...(withoutArguments === 0
      ? []
      : [
          `${blue(mark.info)} Missing deploymentArgs on ${counted(withoutArguments, 'record')}; --also <older copy> may have them`,
        ]),
  ];
}

const networksShown = 20;

function networkLines({ networks }: Inventory): string[] {
  const rows = networks
    .slice(0, networksShown)
    .map(({ network, chainId, records, changed, quarantined }) => [
      `  ${terminalSafe(network)}`,
      String(chainId),
      counted(records, 'record'),
      changed === 0 ? 'unchanged' : `${grouped(changed)} new or changed`,
      quarantined === 0 ? '' : `${grouped(quarantined)} to quarantine`,
    ]);
  const more = networks.length - networksShown;
  return [...alignedLines(rows), ...(more > 0 ? [`  and ${counted(more, 'other network')}: --json lists all`] : [])];
}
