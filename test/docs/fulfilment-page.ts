import { parts, rows } from '../fulfilment/all-rows.js';
import { codeOf, isFulfilled, type Row, testOf } from '../fulfilment/row.js';

/** The page `docs/fulfilment.md`: every requirement and contradiction of the design documents, its code and its test. */
export function fulfilmentPage(): string {
  return [
    '# What the design documents ask for, and what fulfils it',
    '',
    'R001 to R190 are the requirements of the design documents, C1 to C50 the places where they contradict each other, both told',
    'in our words. Each names the code that does it and a test that fails when that code is broken; where no code can fulfil one',
    'there is a reason instead. `npm run fulfilment:break` breaks the code of twenty rows and runs their tests (`STATEROOT_SEED`',
    'draws others, `STATEROOT_ROWS` more; `npm run fulfilment:break -- R001 C7` takes those). This page is generated',
    '(`npm run docs:fulfilment`).',
    '',
    ...parts.flatMap(({ title, letter, first, last }) => [
      `## ${title}`,
      '',
      '| | what is asked for | code | test |',
      '|---|---|---|---|',
      ...rows
        .filter(({ id }) => isWithin(id, letter, first, last))
        .sort((a, b) => numberOf(a.id) - numberOf(b.id))
        .map(line),
      '',
    ]),
  ].join('\n');
}

function line(row: Row): string {
  if (!isFulfilled(row)) return `| ${row.id} | ${cell(row.says)} | none | ${cell(row.reason)} |`;
  const { file, symbol } = codeOf(row);
  const test = testOf(row);
  const code = `[${symbol === null ? file : `\`${symbol}\``}](../${file})`;
  return `| ${row.id} | ${cell(row.says)} | ${code} | [${cell(test.title)}](../${test.file}) |`;
}

function isWithin(id: string, letter: string, first: number, last: number): boolean {
  return id.startsWith(letter) && numberOf(id) >= first && numberOf(id) <= last;
}

function numberOf(id: string): number {
  return Number(id.slice(1));
}

/** Text outside code spans is text. */
function cell(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : part.replace(/[\\<>*_[\]]/g, '\\$&')))
    .join('')
    .replaceAll('|', '\\|');
}
