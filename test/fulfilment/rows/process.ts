import type { Row } from '../row.js';

/** How a team goes about it. */
export const rows: readonly Row[] = [
  {
    id: 'R186',
    says: 'Roles of a team, contacts, escalation, who is told when',
    reason:
      'Who does what and who is called is the decision of a team and no part of a tool. Who may write is: roles around a store (`authorized`), review and signatures in Git.',
  },
  {
    id: 'R187',
    says: 'What has to be there is checked: the versions of node and git',
    code: 'src/commands/doctor/version-checks.ts#nodeCheck',
    test: 'test/commands/doctor/version-checks.test.ts › are errors below what is needed, with what to install, and fine from there',
  },
  {
    id: 'R188',
    says: 'Tests of parts and of the whole, of migration, edge cases and rollback, all run by one command, which is what CI runs',
    code: 'package.json',
    breaks: { from: "$(find build/test -name '*.test.js')", to: 'build/test/errors.test.js' },
    test: 'test/package/scripts.test.ts › runs every test file there is: of parts and of the whole, of migration, hostile input and rollback',
  },
  {
    id: 'R189',
    says: 'The documentation follows the tool: every command is in the README',
    code: 'README.md',
    breaks: { from: '`explain` | what', to: 'what' },
    test: 'test/cli/documents.test.ts › list every command in the README',
  },
  {
    id: 'R190',
    says: 'The plan shows how long each phase takes and how risky it is',
    code: 'src/cli/text/migration-plan.ts#planSummary',
    test: 'test/e2e/migrate-phases.test.ts › are planned with what they do, how long that takes and how risky it is, and nothing is written',
  },
];
