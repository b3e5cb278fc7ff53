import type { Finding, Severity } from '../../../core/finding.js';
import type { StateManagerError } from '../../../errors.js';
import { workflowMessage, workflowProperty } from '../escape-workflow.js';
import { counted } from '../table.js';

/** GitHub shows the first ten annotations of a kind and silently drops the others. */
const shownPerKind = 10;

const kinds: readonly (readonly [Severity, string])[] = [
  ['error', 'error'],
  ['warning', 'warning'],
  ['info', 'notice'],
];

/** A finding, with a title where its rule says too little. */
type Annotated = Finding & { readonly title?: string };

/** Findings as annotations of a GitHub workflow, the worst kind first; the last of ten counts those that are not shown. */
export function githubReport(findings: readonly Annotated[], verb = 'validate'): string {
  return kinds
    .flatMap(([severity, command]) => {
      const all = findings.filter((finding) => finding.severity === severity);
      if (all.length <= shownPerKind) return all.map((finding) => annotation(command, finding));
      const shown = all.slice(0, shownPerKind - 1);
      return [
        ...shown.map((finding) => annotation(command, finding)),
        restLine(command, all.slice(shown.length), verb),
      ];
    })
    .join('\n');
}

function annotation(command: string, { file, line, column, rule, title, message, hint }: Annotated): string {
  const position = line === undefined ? '' : `,line=${line},col=${column ?? 1}`;
  const text = hint === undefined ? message : `${message}\n${hint}`;
  return `::${command} file=${workflowProperty(file)}${position},title=${workflowProperty(title ?? rule)}::${workflowMessage(text)}`;
}

/** A run that could not judge at all, as its one annotation. */
export function githubRefusal({ code, message, hint }: StateManagerError): string {
  const text = hint === undefined ? message : `${message}\n${hint}`;
  return `::error title=${workflowProperty(code)}::${workflowMessage(text)}`;
}

function restLine(command: string, rest: readonly Finding[], verb: string): string {
  const files = counted(new Set(rest.map(({ file }) => file)).size, 'file');
  const what = counted(rest.length, `more ${command}`);
  return `::${command} title=${workflowProperty(what)}::${workflowMessage(`${what} in ${files}. All: stateroot ${verb}`)}`;
}
