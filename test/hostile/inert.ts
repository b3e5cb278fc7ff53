import assert from 'node:assert/strict';

/** What a terminal or a log obeys, or what hides or reorders text: nothing of it may come from data. */
const obeyed = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Text for a terminal, a pipe or a log: lines of visible characters, none of them a command of a workflow log. */
export function assertInert(text: string, about: string): void {
  for (const line of text.split('\n')) {
    assert.doesNotMatch(line.replaceAll('\t', ' '), obeyed, about);
    assert.doesNotMatch(line, /^\s*::|##\[/, about);
  }
}

/** A workflow command: its only line that is obeyed is the one we wrote. */
export function assertOneWorkflowLine(text: string, about: string): void {
  assert.doesNotMatch(text, obeyed, about);
  assert.ok(!text.includes('##['), about);
}

/** A JSON document: reads back as the same value, and can be shown anywhere. */
export function assertInertJson(text: string, value: unknown, about: string): void {
  assertInert(text, about);
  assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)), about);
}
