import type { Row } from '../row.js';

export const rows: readonly Row[] = [
  {
    id: 'R150',
    says: '`SecureAccessManager`: three roles, five permissions, `hasPermission`, `requirePermission`',
    code: 'src/managers/layers/roles.ts#rolePermissions',
    test: 'test/managers/layers/authorized.test.ts › says what each role of the documents may',
    breaks: { from: "'delete_contract',", to: '' },
  },
  {
    id: 'R151',
    says: 'An audit log that is only added to: one line of JSON each, with a checksum',
    code: 'src/managers/layers/audit-line.ts#auditLine',
    test: 'test/managers/layers/audited.test.ts › has two lines for each change: before it, and what became of it',
  },
  {
    id: 'R152',
    says: 'Every change of state leaves a trace: who, when, what',
    code: 'src/commands/log.ts#logRecords',
    test: 'test/commands/log.test.ts › lists the commits newest first with what each did',
  },
  {
    id: 'R153',
    says: 'Corruption is found by hashes',
    code: 'src/core/model/checksum.ts#recordChecksum',
    test: 'test/core/model/checksum.test.ts › change with every field and with the place, not with the checksum itself',
  },
];
