import type { MigrationReport } from '../../core/compare/migration-report.js';
import { markdownCode, markdownText } from './escape-markdown.js';
import { qualityLine, verdictText } from './migration-report.js';
import { counted, grouped } from './table.js';
import { valueText } from './value.js';

/** The report of `migrate validate` as Markdown: what a pull request or a ticket of the migration holds. */
export function migrationMarkdown(report: MigrationReport): string {
  const blocks = [
    [`### ${report.isComplete ? '✔' : '✖'} Migration: ${verdictText(report)}`, `${qualityLine(report)}.`].join('\n'),
    differencesTable(report),
    table(
      ['Missing', 'Contract', 'Why'],
      report.missing.map((one) => [
        markdownCode(one.key),
        one.contractName === null ? '' : markdownText(one.contractName),
        markdownText(one.reason ?? 'no record and not in quarantine'),
      ]),
    ),
    networksTable(report),
    fieldsTable(report),
    report.extra.length === 0
      ? ''
      : `Only in Git, no failure: ${counted(report.extra.length, 'record')}: ${report.extra
          .map(({ network, contractName }) => markdownCode(`${network ?? ''}/${contractName ?? ''}`))
          .join(', ')}`,
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}

function differencesTable({ mismatches }: MigrationReport): string {
  const rows = mismatches.flatMap(({ network, contractName, differences }) =>
    differences.map(({ path, before, after }) => [
      `${markdownText(network ?? '')} · ${markdownText(contractName ?? '')}`,
      markdownCode(path.slice(1)),
      markdownCode(valueText(before)),
      markdownCode(valueText(after)),
    ]),
  );
  return table(['Differs', 'Field', 'Source', 'Git'], rows);
}

function networksTable({ networks }: MigrationReport): string {
  const head = ['Network', 'Source', 'Git', 'Match', 'Differ', 'Missing', 'Only Git', 'Quarantine', 'Quality'];
  const rows = networks.map((one) => [
    markdownText(one.network),
    ...[one.sourceCount, one.targetCount, one.matches, one.mismatches, one.missing, one.extra, one.quarantined].map(
      grouped,
    ),
    `${one.quality} %`,
  ]);
  return table(head, rows);
}

function fieldsTable({ fields }: MigrationReport): string {
  const rows = fields.map(({ field, source, held, unexplained, rate }) => [
    markdownCode(field),
    grouped(source),
    grouped(held),
    grouped(unexplained),
    `${rate} %`,
  ]);
  return table(['Field', 'In the source', 'Held', 'Only in Git', 'Preserved'], rows);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
