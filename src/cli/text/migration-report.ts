import type { ValidatedMigration } from '../../commands/migration/validate-migration.js';
import type {
  MigrationReport,
  ReportedField,
  ReportedMismatch,
  ReportedMissing,
} from '../../core/compare/migration-report.js';
import { cut } from './cut.js';
import { terminalSafe } from './escape.js';
import { paint } from './paint.js';
import { sideLines } from './side-lines.js';
import type { Style } from './style.js';
import { alignedLines, counted, grouped } from './table.js';

const rest = '--json lists all';

/** stdout of `migrate validate`: the verdict, what is wrong, the figures of each network and field. */
export function validationText({ report }: Pick<ValidatedMigration, 'report'>, style: Style): string {
  const blocks = [
    headline(report, style),
    cut([...report.mismatches.map((one) => mismatchBlock(one, style)), ...missingLines(report, style)], rest).join(
      '\n',
    ),
    settledLines(report, style).join('\n'),
    networkTable(report).join('\n'),
    lossLines(report.fields).join('\n'),
    qualityLine(report),
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}

/** `25 of 26 contracts match: 1 differs, 2 kept in quarantine`. */
export function verdictText({ matches, sourceCount, mismatches, missing, quarantined }: MigrationReport): string {
  const parts = [
    ...(mismatches.length === 0
      ? []
      : [`${grouped(mismatches.length)} ${mismatches.length === 1 ? 'differs' : 'differ'}`]),
    ...(missing.length === 0 ? [] : [`${grouped(missing.length)} missing`]),
    ...(quarantined.length === 0 ? [] : [`${grouped(quarantined.length)} kept word for word in quarantine`]),
  ];
  const more = parts.length === 0 ? '' : `: ${parts.join(', ')}`;
  return `${grouped(matches)} of ${counted(sourceCount, 'contract')} ${matches === 1 ? 'matches' : 'match'}${more}`;
}

/** How the figure comes about, in words. */
export function qualityLine({ quality: { score, held, values } }: MigrationReport): string {
  return `Quality ${score} %: ${grouped(held)} of ${grouped(values)} field values are equal on both sides`;
}

/** stderr: what is only in the target, what was not read, and how to go on. */
export function validationNotes({ report, passedOver }: ValidatedMigration, style: Style): string {
  const pen = paint(style);
  const extra = report.extra.map(
    ({ network, contractName }) => `  ${terminalSafe(`${network ?? ''} / ${contractName ?? ''}`)}`,
  );
  const fields = new Set(report.added.flatMap((one) => one.fields));
  const unread = passedOver.map(({ file, reason }) => `  ${terminalSafe(file)}  ${terminalSafe(reason)}`);
  return [
    ...(extra.length === 0
      ? []
      : [
          `${pen.blue(pen.mark.info)} Only in Git, no failure: ${counted(extra.length, 'record')}`,
          ...cut(extra, rest),
        ]),
    ...(report.added.length === 0
      ? []
      : [
          `${pen.blue(pen.mark.info)} Added in Git, explained by the record itself: ${terminalSafe([...fields].sort().join(', '))}`,
        ]),
    ...(unread.length === 0
      ? []
      : [
          `${pen.yellow(pen.mark.warning)} Not read, so not compared: ${counted(unread.length, 'file')}`,
          ...cut(unread, rest),
        ]),
    report.isComplete ? 'Nothing is lost.' : 'Next: stateroot migrate reconcile',
  ].join('\n');
}

function headline(report: MigrationReport, style: Style): string {
  const pen = paint(style);
  const mark = report.isComplete ? pen.green(pen.mark.done) : pen.red(pen.mark.error);
  return `${mark} ${verdictText(report)}`;
}

function mismatchBlock({ network, contractName, key, differences }: ReportedMismatch, style: Style): string {
  const pen = paint(style);
  const place = terminalSafe(`${network ?? ''} / ${contractName ?? ''}`);
  const lines = differences.flatMap((difference) => sideLines(difference, style));
  return [
    `${pen.red(`${pen.mark.error} DIFFERS`)}  ${place}  ${terminalSafe(key)}, source ${pen.mark.arrow} Git`,
    ...lines,
  ].join('\n');
}

function missingLines({ missing }: MigrationReport, style: Style): string[] {
  const pen = paint(style);
  return missing.map(({ network, contractName, key, address, reason }: ReportedMissing) => {
    const place = network === null ? '' : `${network} / ${contractName ?? ''}  `;
    const more = [address, reason].filter((text) => text !== null).join('  ');
    return `${pen.red(`${pen.mark.error} MISSING`)}  ${terminalSafe(`${place}${key}  ${more}`)}`;
  });
}

function settledLines({ settled }: MigrationReport, style: Style): string[] {
  if (settled.length === 0) return [];
  const pen = paint(style);
  const lines = settled.flatMap(({ network, contractName, differences }) => [
    `  ${terminalSafe(`${network ?? ''} / ${contractName ?? ''}`)}`,
    ...differences.flatMap((one) => sideLines(one, style)).map((line) => `  ${line}`),
  ]);
  return [
    `${pen.blue(pen.mark.info)} Sources disagree, and Git holds what all of them together come to: ${counted(settled.length, 'record')}`,
    ...cut(lines, rest),
  ];
}

function networkTable({ networks }: MigrationReport): string[] {
  const rows = networks.map((one) =>
    [
      terminalSafe(one.network),
      one.chainId,
      ...[one.sourceCount, one.targetCount, one.matches, one.mismatches, one.missing, one.extra, one.quarantined].map(
        grouped,
      ),
      `${one.quality} %`,
    ].map(String),
  );
  const head = ['network', 'chain', 'source', 'Git', 'match', 'differ', 'missing', 'only Git', 'quarantine', 'quality'];
  return rows.length === 0 ? [] : alignedLines([head, ...rows]);
}

/** Fields that did not come over whole; all others have 100 %. */
function lossLines(fields: readonly ReportedField[]): string[] {
  const lossy = fields.filter(({ source, held, unexplained }) => held < source || unexplained > 0);
  if (lossy.length === 0) return [];
  const rows = lossy.map(({ field, source, held, unexplained, rate }) => [
    `  ${terminalSafe(field)}`,
    `${grouped(held)} of ${grouped(source)}`,
    `${rate} %`,
    unexplained === 0 ? '' : `${grouped(unexplained)} only in Git`,
  ]);
  return ['Fields that are not preserved whole', ...alignedLines(rows)];
}
