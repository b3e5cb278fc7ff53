import type { ErrorEntry } from './error-entry.js';

/** Exit code 1: the answer is no. */
export const answeredNo = {
  STATE_INVALID: {
    message: 'State holds errors, and what was asked for needs it to be valid.',
    causes: [
      'A network file was edited by hand, or half of two edits was merged as text.',
      'A file does not parse, or a record no longer matches its checksum.',
    ],
    resolution: [
      ['See every finding with file, line and rule.', 'stateroot validate'],
      ['Restore what was not meant, or correct it.', 'git diff -- deployments'],
      ['After an honest edit by hand, renew the checksums.', 'stateroot seal'],
    ],
    prevention: 'Write with `put` and `apply`; `init` sets up the hooks that refuse a commit like this.',
  },
  NOT_FOUND: {
    message: 'What was named is not there: no such network, record, lock or code.',
    causes: ['The name is spelled otherwise.', 'It is on another network, or in another commit.'],
    resolution: [
      ['See what is there.', 'stateroot list'],
      ['Look for an address or hash on every network and in every commit.', 'stateroot find <address> --history'],
    ],
    prevention: 'Keep other spellings of networks as aliases in stateroot.config.json, of records in `aliases`.',
  },
  VALIDATION_FAILED: {
    message: 'The data of a backend is not valid.',
    causes: [
      'Records lack fields, contradict their place, or do not match their checksum.',
      'A file was written half, or by an older tool in another form.',
    ],
    resolution: [
      [
        'List every error: validateIntegrity() of the manager; for network files also on the command line.',
        'stateroot validate',
      ],
      ['Find what changed it.', 'stateroot log'],
      ['Take the last good state back.', 'stateroot rollback <commit>'],
    ],
    prevention: 'Call validate() after each deployment, and run `stateroot ci` on every change.',
  },
  NOT_APPLICABLE: {
    message: 'A command name of the design documents asks for something that is not done here.',
    causes: [
      'It would end processes, remove locks, or change the settings of somebody else.',
      'It asks a chain, and this program talks to none.',
    ],
    resolution: [
      ['Do what the refusal names instead.'],
      ['See what every name of the documents does.', 'stateroot run --list'],
    ],
    prevention: 'Call the commands themselves in new scripts; `run` is for the names that people know.',
  },
} satisfies Record<string, ErrorEntry>;
