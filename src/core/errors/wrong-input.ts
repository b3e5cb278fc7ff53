import type { ErrorEntry } from './error-entry.js';

/** Exit code 2: what was passed. Nothing was written. */
export const wrongInput = {
  BAD_USAGE: {
    message: 'A command or method was called in a way that means nothing.',
    causes: ['A flag or argument is missing or unknown, or two contradict each other.'],
    resolution: [
      ['See how the command is called, `put` for example.', 'stateroot help put'],
      ['See every command.', 'stateroot help --all'],
    ],
    prevention: 'Let the shell complete commands and flags: `stateroot completion bash`.',
  },
  BAD_INPUT: {
    message: 'What was passed cannot be read as what it should be.',
    causes: [
      'A file is missing, too large, or no regular file.',
      'An address, a hash, bytecode or JSON has another form than it must have.',
    ],
    resolution: [
      ['The message names the place: correct it there.'],
      ['See the form of a record that is there already.', 'stateroot get <network> <name> --json'],
      ['Try again without writing.', 'stateroot put <network> <name> --from record.json --dry-run'],
    ],
    prevention: 'Pass what tools wrote, not what was copied from a screen.',
  },
  NETWORK_NAME_INVALID: {
    message: 'This cannot name a network and its file.',
    causes: ['Network names are 1 to 63 of a-z 0-9 _ -, and may end in .<environment>; upper case is refused.'],
    resolution: [
      ['See the networks that are here.', 'stateroot status'],
      ['Add the other spelling as an alias under "networks" in stateroot.config.json.'],
    ],
    prevention: 'Use one name for a network in every script; keep the others as aliases.',
  },
  RECORD_NAME_INVALID: {
    message: 'This cannot name a record.',
    causes: ['A name is empty, longer than 200 characters, an address, or has characters that names do not have.'],
    resolution: [['See the names that are here.', 'stateroot list']],
    prevention: 'Name records as the contract is called in the source, instances with #: Vault#usdc.',
  },
  RECORD_INVALID: {
    message: 'A record would not be valid, or is not.',
    causes: [
      'It has no address, or one that is no address: other lengths, letters beyond f, the zero address.',
      'A record that should be upgraded names no proxy.',
      'A field has another type than it must have.',
    ],
    resolution: [
      ['Correct the fields that the refusal lists.'],
      ['See the record as it stands.', 'stateroot get <network> <name> --json'],
      ['Correct one field of it.', 'stateroot put <network> <name> --set proxy=<address>'],
    ],
    prevention: 'Take addresses and hashes from receipts and artefacts in the script that deploys.',
  },
  NAME_AMBIGUOUS: {
    message: 'A name means several records.',
    causes: [
      'Two artefacts have one short name, such as contracts/a.sol:Router and contracts/b.sol:Router.',
      'A fully-qualified name is asked for, and a record of its short name may be the same contract.',
    ],
    resolution: [
      ['See the candidates.', 'stateroot list'],
      ['Ask by the whole name, or by address.', 'stateroot get <network> <address>'],
    ],
    prevention: 'Give each contract one name, and use that in every script.',
  },
  ADDRESS_AMBIGUOUS: {
    message: 'An address belongs to several records of one network.',
    causes: ['One contract was recorded under two names.', 'Several proxies share an implementation.'],
    resolution: [
      ['See whose it is.', 'stateroot find <address>'],
      ['Ask by chain id and name; or delete the record that is wrong.', 'stateroot delete <network> <name>'],
    ],
    prevention: 'Run `stateroot check`: its rule address/other-name finds this before a script does.',
  },
  CHAIN_AMBIGUOUS: {
    message: 'A chain id belongs to several networks.',
    causes: ['Two network files have one chain id and are no environments of each other.'],
    resolution: [
      ['See the networks and their chains.', 'stateroot status'],
      ['Name the network instead of the chain; or give one of the files an `environment`, e.g. staging.'],
    ],
    prevention: 'Run `stateroot check`, which reports a chain with two files.',
  },
  CHAIN_ID_UNKNOWN: {
    message: 'Nothing says which chain a network is.',
    causes: ['The network is new: no file, no configuration and no table of known chains has it.'],
    resolution: [
      [
        'Say it once, when its first record is written.',
        'stateroot put <network> <name> --from record.json --chain-id 97',
      ],
      ['For a manager: pass chainId when it is created.'],
    ],
    prevention: 'Add the network with its chainId to "networks" in stateroot.config.json.',
  },
  CHAIN_ID_MISMATCH: {
    message: 'A contract, or what is asked for, is of another chain than the network.',
    causes: [
      'The script ran against another network than its state: testnet state on mainnet, or the reverse.',
      'A record was copied from another network with its chainId.',
    ],
    resolution: [
      ['See which chain each network is.', 'stateroot status'],
      ['Correct the network or the chain id, whichever is wrong; nothing was deployed or written.'],
    ],
    prevention: 'Compare the chain id of the provider with that of the network before anything is sent.',
  },
  CHECKSUM_MISMATCH: {
    message: 'A checksum does not hold for the content it came with.',
    causes: [
      'The record was changed after it was sealed: by hand, by a text merge, or by a tool that does not renew it.',
      'A copy was cut off, or a disk returned other bytes.',
    ],
    resolution: [
      ['See which record, and what changed.', 'stateroot validate'],
      ['Not meant: take the committed text back.', 'git restore -SW deployments/'],
      ['Meant: renew the checksums.', 'stateroot seal'],
      ['For a record that is passed in: leave its checksum out, the write computes it.'],
    ],
    prevention: 'Change records with `put` or the library, and merge with `stateroot merge`.',
  },
  HASH_INCOMPARABLE: {
    message: 'Two code hashes differ, and nobody can say whether the code does.',
    causes: [
      'One is of creation code, the other of runtime code, or one with metadata and the other without.',
      'The record does not say how its hash was made, or has none.',
    ],
    resolution: [
      ['Pass the hash of the new code in the scheme of the record: bytecodeHash(bytecode, scheme), with hashScheme.'],
      ['Record how the stored hash was made.', 'stateroot put <network> <name> --set hashScheme=creation-nometa'],
      ['Keep the manifests of OpenZeppelin (.openzeppelin/) committed: they tell the scheme of old records.'],
    ],
    prevention: 'Write hashScheme with every hash.',
  },
  IMPORT_STRICT: {
    message: 'A source holds what cannot be state, and --strict accepts all or nothing.',
    causes: ['Records with bad addresses, without a name, or of no known form.'],
    resolution: [
      [
        'See what it is: without --strict the import names it, and keeps it word for word in quarantine.',
        'stateroot import leveldb leveldb/ --dry-run',
      ],
      ['Correct the source, or accept the quarantine.', 'stateroot import leveldb leveldb/'],
    ],
    prevention: 'Import once without --strict, then write only here.',
  },
  OUTPUT_EXISTS: {
    message: 'Where the output should go, something is already.',
    causes: ['An earlier export or report, or a folder of somebody else.'],
    resolution: [['Name a folder that does not exist yet.', 'stateroot export leveldb out-2/']],
    prevention: 'Put a date into the name of an export.',
  },
  CONFIRMATION_NEEDED: {
    message: 'Somebody has to decide, and there is nobody to ask.',
    causes: ['A command that asks ran without a terminal, with --json or with --no-input.'],
    resolution: [
      ['Look at what it would do.', 'stateroot seal --dry-run'],
      ['Decide it on the command line.', 'stateroot seal --yes'],
    ],
    prevention: 'In scripts, pass --yes or the side to take.',
  },
} satisfies Record<string, ErrorEntry>;
