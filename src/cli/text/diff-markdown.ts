import { type Drift, driftAfter, isMainnet } from '../../core/diff/versions.js';
import { weighChanges } from '../../core/diff/weigh.js';
import type { Finding } from '../../core/finding.js';
import { type ChangeGroup, harmlessGroups } from './change-groups.js';
import { countChanges } from './changes.js';
import { reasonsAmong } from './danger-words.js';
import { askedNote, type ReviewedDiff } from './diff-text.js';
import { htmlText } from './escape-html.js';
import { markdownCode, markdownText } from './escape-markdown.js';
import { changeDetail, dangerRow, type Recorded, recordedOn } from './markdown-change.js';
import { shortened } from './shortened.js';
import { counted } from './table.js';
import { shortHash } from './value.js';

/** By what the comment of a pull request is found again. */
export const commentMarker = '<!-- stateroot:diff -->';

/** What GitHub takes as a comment; counted in bytes, the stricter reading. */
const commentLimit = 65_536;

export type MarkdownOptions = {
  /** Bytes; less than a comment holds where something is put below. */
  readonly limit?: number;
  /** Where everything is, an https address. */
  readonly link?: string | undefined;
  /** What CI says of the same change. */
  readonly verdict?: Verdict | undefined;
  /** Nothing is folded: for a page of its own. */
  readonly unfolded?: boolean;
};

/** Markdown of whoever judged the change; it is never left out. */
export type Verdict = {
  /** A check failed or could not be made: the title says so. */
  readonly failed: boolean;
  /** A sentence for the line of the sides: whose rules judged. */
  readonly judged: string;
  /** Blocks below the dangers. */
  readonly notes: readonly string[];
  /** The table of checks. */
  readonly checks: string;
  /** Replaces the command of the diff, as code. */
  readonly commands: string;
};

/**
 * The comment of a pull request (UX, "GitHub"): dangers in a table that is never folded, the state across networks, all
 * else folded by kind. What does not fit goes in this order, each for a count and the way to the rest: metadata, details
 * of deployments, of upgrades; at last the least of the dangers.
 */
export function diffMarkdown(diff: ReviewedDiff, options: MarkdownOptions = {}): string {
  const parts = partsOf(diff, options);
  const limit = options.limit ?? commentLimit;
  const fits = (text: string) => Buffer.byteLength(text) <= limit;
  const groups = parts.groups.map((group) => group.folded);
  for (const at of shrinkingOrder(parts.groups)) {
    const text = assembled(parts, parts.rows, groups);
    if (fits(text)) return text;
    groups[at] = parts.groups[at]?.counted ?? '';
  }
  return withRowsThatFit(parts, groups, fits);
}

type Parts = {
  readonly head: readonly string[];
  readonly rows: readonly string[];
  readonly notes: readonly string[];
  readonly across: readonly string[];
  readonly groups: readonly { readonly group: ChangeGroup; readonly folded: string; readonly counted: string }[];
  readonly checks: readonly string[];
  readonly foot: string;
  /** Where what is left out can be read. */
  readonly rest: string;
};

function partsOf(diff: ReviewedDiff, { link, verdict, unfolded = false }: MarkdownOptions): Parts {
  const changes = weighChanges(diff.networks);
  const reasons = reasonsAmong(changes);
  const recorded = recordedOn(diff.after);
  const rest = link === undefined ? markdownCode(shortened(diff.command, 500)) : `[all](${link})`;
  const dangerous = changes.filter(({ danger }) => danger !== null);
  return {
    head: headLines(diff, verdict),
    notes: verdict?.notes ?? [],
    rows: [...diff.findings.map(unreadableRow), ...dangerous.map((change) => dangerRow(change, reasons, diff.after))],
    across: acrossLines(diff),
    groups: harmlessGroups(changes).map((group) => ({
      group,
      folded: (unfolded ? listed : folded)(group, recorded),
      counted: `${group.mark} ${group.title}, left out for its length: ${rest}`,
    })),
    checks: verdict === undefined ? [] : [verdict.checks],
    foot: `<sub>Locally: ${verdict?.commands ?? markdownCode(shortened(diff.command, 500))}</sub>`,
    rest,
  };
}

/** Groups as they are left out: metadata first, then the least risky. */
function shrinkingOrder(groups: Parts['groups']): number[] {
  const order = groups.map((_, at) => at).reverse();
  const isMetadata = (at: number) => groups[at]?.group.isMetadata === true;
  return [...order.filter(isMetadata), ...order.filter((at) => !isMetadata(at))];
}

function assembled(
  { head, notes, across, checks, foot }: Parts,
  rows: readonly string[],
  groups: readonly string[],
): string {
  const table = rows.length === 0 ? [] : [['| | Danger | Before → after |', '|---|---|---|', ...rows].join('\n')];
  return [head.join('\n'), ...table, ...notes, ...across, ...groups, ...checks, foot].join('\n\n');
}

/** When even the dangers are too many: the worst ones, and how many there are besides. */
function withRowsThatFit(parts: Parts, groups: readonly string[], fits: (text: string) => boolean): string {
  const whole = assembled(parts, parts.rows, groups);
  if (fits(whole)) return whole;
  const withRows = (count: number) => {
    const left = counted(parts.rows.length - count, 'more danger');
    return assembled(parts, [...parts.rows.slice(0, count), `| ✖ | **${left}** | ${parts.rest} |`], groups);
  };
  let [most, least] = [parts.rows.length, 0];
  while (most - least > 1) {
    const middle = Math.floor((most + least) / 2);
    if (fits(withRows(middle))) least = middle;
    else most = middle;
  }
  return withRows(least);
}

function headLines(diff: ReviewedDiff, verdict: Verdict | undefined): string[] {
  const { changes, dangers, text } = countChanges(diff.networks);
  const unread = diff.findings.length === 0 ? '' : `${counted(diff.findings.length, 'file')} could not be read; `;
  const decide = dangers === 1 ? 'needs a decision' : 'need a decision';
  const calm = changes === 0 ? 'no state changes' : text.replace(/^(\S+) change/, '$1 state change');
  const title = dangers === 0 ? calm : `${dangers} of ${counted(changes, 'state change')} ${decide}`;
  const failed = verdict?.failed === true;
  const isCalm = dangers === 0 && unread === '' && !failed;
  const words = `${unread}${title}${failed ? '; a check failed' : ''}`;
  const networks = `${diff.networks.length.toLocaleString('en-US')} of ${counted(diff.total, 'network')}`;
  return [
    commentMarker,
    `### ${isCalm ? '✔' : '✖'} ${words.charAt(0).toUpperCase()}${words.slice(1)}`,
    `${sideCode(diff.base)} → ${sideCode(diff.head)}, ${networks}.${verdict === undefined ? '' : ` ${verdict.judged}`}`,
  ];
}

function sideCode(oid: string | null): string {
  if (oid === null) return 'nothing';
  return oid === 'worktree' ? 'the work tree' : oid === 'index' ? 'the index' : markdownCode(oid.slice(0, 7));
}

function unreadableRow({ network, file, line, rule, message }: Finding): string {
  const place = `${shortened(file, 400)}${line === undefined ? '' : `:${line}`}`;
  const where = `${markdownCode(place)}<br>${markdownCode(shortened(message, 400))}`;
  return `| ✖ | **Could not be read** · ${markdownText(network)}<br>${markdownCode(rule)}; compared with nothing | ${where} |`;
}

function acrossLines(diff: ReviewedDiff): string[] {
  const drift = driftAfter(diff.networks, diff.after.values());
  const shown = drift.slice(0, 10).map((each) => driftText(each, diff));
  const more = drift.length > shown.length ? [`and ${counted(drift.length - shown.length, 'more contract')}`] : [];
  const lines = shown.length === 0 ? [] : [`**Across networks:** ${[...shown, ...more].join('<br>')}`];
  const note = askedNote(diff);
  return [...lines, ...(note === null ? [] : [note])];
}

/** `Oracle will run f159f83e on 2 of 5 networks (a, b) and 412d16e0 on 3 (c, …)`. */
function driftText({ name, versions }: Drift, { after }: ReviewedDiff): string {
  const total = versions.reduce((sum, { networks }) => sum + networks.length, 0);
  const parts = versions.slice(0, 6).map(({ hash, networks }, i) => {
    const names = networks.slice(0, 8).map((network) => {
      const text = markdownText(network);
      return isMainnet(after.get(network)?.chainId ?? 0) ? `**${text}**` : text;
    });
    const rest = networks.length > names.length ? ` and ${networks.length - names.length} more` : '';
    const of = i === 0 ? ` of ${counted(total, 'network')}` : '';
    return `${markdownCode(shortHash(hash) ?? shortened(hash, 70))} on ${networks.length}${of} (${names.join(', ')}${rest})`;
  });
  const others = versions.length > parts.length ? [`${versions.length - parts.length} other codes`] : [];
  const all = [...parts, ...others];
  return `${markdownText(name)} will run ${all.slice(0, -1).join(', ')} and ${all.at(-1) ?? ''}.`;
}

/** GitHub reads what is in `summary` as HTML, and what follows a blank line as Markdown again. */
function folded({ mark, title, changes }: ChangeGroup, recorded: Recorded): string {
  const [only] = changes;
  const named =
    changes.length === 1 && only !== undefined ? `: ${summaryName(only.network.network, only.contract?.name)}` : '';
  const details = changes.map((change) => changeDetail(change, recorded));
  return `<details><summary>${mark} ${title}${named}</summary>\n\n${details.join('\n\n')}\n</details>`;
}

/** The same with nothing folded. */
function listed({ mark, title, changes }: ChangeGroup, recorded: Recorded): string {
  const details = changes.map((change) => changeDetail(change, recorded));
  return `#### ${mark} ${title}\n\n${details.join('\n\n')}`;
}

function summaryName(network: string, contract: string | undefined): string {
  const names = [network, ...(contract === undefined ? [] : [contract])];
  return names.map((name) => `<code>${htmlText(shortened(name, 200))}</code>`).join(' · ');
}
