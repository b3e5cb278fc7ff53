import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { workflowMessage, workflowProperty } from '../../../src/cli/text/escape-workflow.js';

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom('::', '##[', '%', '\r', '\n', '%0A', ':', ',', '=', 'error', 'stop-commands', ' ', '\u001b'))
    .map((parts) => parts.join('')),
);

describe('text in a workflow command', () => {
  it('escapes what the runner unescapes, so that it reads as it was', () => {
    assert.equal(workflowMessage('100% of a: b, c\nnext'), '100%25 of a: b, c%0Anext');
    assert.equal(workflowProperty('100% of a: b, c\nnext'), '100%25 of a%3A b%2C c%0Anext');
    assert.equal(workflowMessage('%0A'), '%250A');
  });

  it('is one line without anything a terminal or the runner obeys', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const message = workflowMessage(text);
        assert.doesNotMatch(message, /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        assert.doesNotMatch(message, /##\[/);
        assert.doesNotMatch(message, /%(?!25|0A)/);
        assert.doesNotMatch(message, /^\s*::/);
      }),
    );
  });

  it('as a property ends at no colon and no comma of its own', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        assert.doesNotMatch(workflowProperty(text), /[:,\r\n]|%(?!25|0A|3A|2C)/);
      }),
    );
  });
});
