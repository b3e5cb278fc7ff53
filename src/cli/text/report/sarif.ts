import { createHash } from 'node:crypto';
import type { Finding, Severity } from '../../../core/finding.js';
import { consistencyRules } from '../../../core/consistency/all-rules.js';
import { type Rule, rules as validityRules } from '../../../core/inspect/rules.js';
import { jsonText } from '../escape-json.js';
import { sarifText } from '../escape-sarif.js';

const rules: readonly Pick<Rule, 'id' | 'severity' | 'title' | 'meaning' | 'remedy'>[] = [
  ...validityRules,
  ...consistencyRules,
];

/** Findings as SARIF 2.1.0 for code scanning: all rules with their meaning, every finding with a place and a stable fingerprint. */
export function sarifReport(findings: readonly Finding[], version: string): string {
  return jsonText({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'stateroot', semanticVersion: version, rules: rules.map(ruleEntry) } },
        columnKind: 'utf16CodeUnits',
        results: findings.map(result),
      },
    ],
  });
}

function ruleEntry({ id, severity, title, meaning, remedy }: (typeof rules)[number]) {
  return {
    id,
    shortDescription: { text: sarifText(title) },
    fullDescription: { text: sarifText(meaning) },
    help: { text: sarifText(`${meaning}\n${remedy}`) },
    defaultConfiguration: { level: levels[severity] },
  };
}

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };
const indices: ReadonlyMap<string, number> = new Map(rules.map(({ id }, index) => [id, index]));

function result(finding: Finding) {
  const { rule, severity, message, hint } = finding;
  const index = indices.get(rule);
  return {
    ruleId: rule,
    ...(index === undefined ? {} : { ruleIndex: index }),
    level: levels[severity],
    message: { text: sarifText(hint === undefined ? message : `${message}\n${hint}`) },
    locations: [location(finding)],
    ...(finding.related === undefined ? {} : { relatedLocations: finding.related.map(location) }),
    partialFingerprints: { 'findingPlace/v1': fingerprint(finding) },
  };
}

function location({ file, line, column }: Pick<Finding, 'file' | 'line' | 'column'>) {
  return {
    physicalLocation: {
      artifactLocation: { uri: relativeUri(file), uriBaseId: '%SRCROOT%' },
      ...(line === undefined ? {} : { region: { startLine: line, startColumn: column ?? 1 } }),
    },
  };
}

/** A lone surrogate has no UTF-8 form to be percent-encoded. */
function relativeUri(path: string): string {
  return path
    .replace(/\p{Cs}/gu, '\u{fffd}')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
}

/** The same finding in the next run, whatever moved above it: rule, file and pointer, no line. */
function fingerprint({ rule, file, path }: Finding): string {
  return createHash('sha256')
    .update(JSON.stringify([rule, file, path]))
    .digest('hex');
}
