import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { errorEnvelope } from '../../src/cli/envelope.js';
import { renderChanges } from '../../src/cli/text/changes.js';
import { jsonText } from '../../src/cli/text/escape-json.js';
import { sarifText } from '../../src/cli/text/escape-sarif.js';
import { workflowMessage, workflowProperty } from '../../src/cli/text/escape-workflow.js';
import { renderFindings } from '../../src/cli/text/findings.js';
import { renderRecord } from '../../src/cli/text/record.js';
import { renderRefusal } from '../../src/cli/text/refusal.js';
import { conciseReport } from '../../src/cli/text/report/concise.js';
import { githubReport } from '../../src/cli/text/report/github.js';
import { runLog } from '../../src/cli/verbs/log.js';
import { writeTarget } from '../../src/cli/write-target.js';
import { diffSnapshots } from '../../src/core/diff/diff.js';
import { commitMessage, parseMessage } from '../../src/core/diff/message.js';
import { inspectFile } from '../../src/core/inspect/inspect.js';
import type { Json, JsonObject } from '../../src/core/json.js';
import { networkFilePath } from '../../src/core/layout.js';
import { sealRecord } from '../../src/core/model/checksum.js';
import { findRecord } from '../../src/core/model/lookup.js';
import {
  assertNetworkName,
  assertRecordName,
  networkNameProblem,
  recordNameProblem,
} from '../../src/core/model/names.js';
import { emptyNetworkFile, networkFileText, parseNetworkFile, withRecord } from '../../src/core/model/network-file.js';
import type { StateRecord } from '../../src/core/model/record.js';
import { recordView } from '../../src/core/model/view.js';
import { type ErrorCode, StateManagerError } from '../../src/errors.js';
import { address, fileWith, record, snapshotOf } from '../support/arbitrary-state.js';
import { memoryRepository } from '../support/memory-repository.js';
import { pipe, terminal, verbContext } from '../support/verb-context.js';
import { corpus, strings } from './corpus.js';
import { assertInert, assertInertJson, assertOneWorkflowLine } from './inert.js';

describe(`${strings.length} naughty strings`, () => {
  it('are the whole list', (t) => {
    if (corpus === null) {
      t.skip('shared data is not here: only our own strings');
      return;
    }
    assert.ok(strings.length >= 515);
  });

  it('as a network: refused by its code, or carried exactly', () => {
    for (const text of strings) {
      if (networkNameProblem(text) !== null) {
        assertRefused(() => {
          assertNetworkName(text);
        }, 'NETWORK_NAME_INVALID');
        assertFound(networkFileText(emptyNetworkFile({ network: text, chainId: 1 })), 'examplenet', 'network-name');
        continue;
      }
      const file = withRecord(emptyNetworkFile({ network: text, chainId: 1 }), sealed(text, 'Token', {}));
      assert.deepEqual(inspected(networkFileText(file), text), []);
      assert.equal(reread(networkFileText(file)).network, text);
    }
  });

  it('as a contract: refused by its code, or carried exactly', () => {
    for (const text of strings) {
      const file = fileWith(record('Other', { implementation: address(1) }));
      const named = { ...file.root, contracts: { core: Object.fromEntries([[text, { implementation: address(2) }]]) } };
      if (recordNameProblem(text) !== null) {
        assertRefused(() => {
          assertRecordName(text);
        }, 'RECORD_NAME_INVALID');
        // The key __proto__ refuses the whole file.
        const rule = text === '__proto__' ? 'json-key' : 'record-name';
        assertFound(networkFileText({ ...file, root: named }), 'examplenet', rule);
        continue;
      }
      const written = networkFileText(withRecord(file, record(text, { implementation: address(2) })));
      assert.deepEqual(inspected(written), []);
      assert.equal(findRecord(reread(written), text)?.name, text);
    }
  });

  it('as free text and as an unknown key: carried exactly, and inert wherever they are shown', () => {
    for (const text of strings) {
      const fields = { implementation: address(1), artifact: text, note: [text, { deep: text }], [`x-${text}`]: text };
      const before = record('Token', fields);
      const after = record('Token', { ...fields, artifact: `${text}!`, note: text });
      const written = networkFileText(fileWith(before));
      assert.deepEqual(inspected(written), []);
      const kept = findRecord(reread(written), 'Token');
      assert.deepEqual(kept?.fields['note'], fields.note);
      const view = recordView(before);
      assertInertJson(jsonText(view), view, text);
      for (const style of [terminal, pipe])
        assertInert(renderRecord(before, { asked: text, lastChange: null }, style), text);
      const changes = diffSnapshots(snapshotOf(fileWith(before)), snapshotOf(fileWith(after)));
      for (const style of [terminal, pipe]) assertInert(renderChanges(changes, style), text);
      assertOurMessage(commitMessage({ operation: 'put', changes, source: text, prefix: 'state' }), text);
    }
  });

  it('in findings: inert in every report', () => {
    for (const text of strings) {
      if (text === '__proto__') continue;
      const root: JsonObject = {
        ...fileWith(record('Token', { implementation: address(1) })).root,
        network: text,
        contracts: { core: Object.fromEntries([[text, { implementation: text }]]) },
        [`extended_${text}x`]: {},
      };
      const findings = inspectFile({
        path: `deployments/unified/${text}.unified.json`,
        mode: '100644',
        bytes: new TextEncoder().encode(networkFileText({ network: text, chainId: 1, root })),
      });
      assert.ok(findings.length > 0);
      assertInert(renderFindings(findings, terminal), text);
      assertInert(conciseReport(findings), text);
      for (const line of githubReport(findings).split('\n')) assertOneWorkflowLine(line, text);
      assertInertJson(jsonText(findings), findings, text);
      assertOneWorkflowLine(workflowMessage(text), text);
      assert.doesNotMatch(workflowProperty(text), /[:,\n\r]/);
      assert.doesNotMatch(sarifText(text), /\]\(/);
    }
  });

  it('as a branch: refused by its code, or taken exactly', () => {
    for (const text of strings) {
      const answer = refusalOf(() => writeTarget({ branch: text }));
      if (typeof answer === 'object' && 'kind' in answer) {
        assert.deepEqual(answer, { kind: 'branch', ref: `refs/heads/${text}`, create: true });
        assert.match(text, /^[\w.+@=/-]+$/);
      } else assertRefusal(answer, 'BRANCH_INVALID');
    }
  });

  it("as the message and the author of somebody's commit: inert in the log, exact in JSON", async () => {
    const memory = memoryRepository();
    const path = networkFilePath('', 'examplenet');
    const authors = new Map<string, string>();
    for (const [index, text] of strings.entries()) {
      const file = fileWith(record('Token', { implementation: address(index + 1) }));
      authors.set(memory.commitFiles({ [path]: networkFileText(file) }, { message: text, author: text }), text);
    }
    const outcome = await runLog({ network: 'examplenet', name: 'Token' }, verbContext(memory));
    for (const style of [terminal, pipe]) assertInert(outcome.text(style), 'log');
    assertInertJson(jsonText(outcome.data), outcome.data, 'log');
    const entries = outcome.data as { commit: string; author: string }[];
    assert.equal(entries.length, strings.length);
    for (const { commit, author } of entries) assert.equal(author, authors.get(commit));
    for (const text of strings) assert.doesNotThrow(() => parseMessage(text));
  });
});

function sealed(network: string, name: string, more: JsonObject): StateRecord {
  return sealRecord({ network, chainId: 1, category: 'core', name, fields: { implementation: address(1), ...more } });
}

function inspected(text: string, network = 'examplenet'): string[] {
  const path = networkFilePath('', network);
  return inspectFile({ path, mode: '100644', bytes: new TextEncoder().encode(text) }).map(({ rule }) => rule);
}

function assertFound(text: string, network: string, rule: string): void {
  const rules = inspected(text, network);
  assert.ok(rules.includes(rule), `${rule} not in ${rules.join()}: ${text}`);
}

function reread(text: string) {
  const parsed = parseNetworkFile(new TextEncoder().encode(text));
  assert.ok(parsed.ok);
  return parsed.file;
}

function assertRefused(run: () => void, code: ErrorCode): void {
  assertRefusal(refusalOf(run), code);
}

function assertRefusal(refusal: unknown, code: ErrorCode): void {
  assert.ok(refusal instanceof StateManagerError);
  assert.equal(refusal.code, code);
  assertInert(renderRefusal(refusal, terminal, { writes: true }), refusal.message);
  assertInert(errorEnvelope(refusal), refusal.message);
}

function refusalOf<T>(run: () => T): T | StateManagerError {
  try {
    return run();
  } catch (error) {
    if (error instanceof StateManagerError) return error;
    throw error;
  }
}

/** Printable ASCII; its last paragraph is ours, and no other line begins like one of our trailers. */
function assertOurMessage(message: string, about: string): void {
  assert.match(message, /^[\x20-\x7e\n]*$/, about);
  const paragraphs = message.trimEnd().split('\n\n');
  for (const line of paragraphs.slice(0, -1).join('\n').split('\n')) assert.doesNotMatch(line, /^State-/i, about);
  const { operation, networks, contracts, reverts } = parseMessage(message);
  const ours: Json = { operation: operation ?? null, networks, contracts, reverts };
  assert.deepEqual(ours, { operation: 'put', networks: ['examplenet'], contracts: ['Token'], reverts: [] }, about);
}
