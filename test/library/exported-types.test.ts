import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import ts from 'typescript';

const path = join(import.meta.dirname, '..', '..', '..', 'src', 'index.ts');
const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2023, true);
const exported = source.statements.flatMap((statement) => {
  const clause = ts.isExportDeclaration(statement) ? statement.exportClause : undefined;
  return clause !== undefined && ts.isNamedExports(clause) ? clause.elements.map(({ name }) => name.text) : [];
});

it('every type that the design documents name is exported', () => {
  const asked = [
    ...['IStateManager', 'ContractInfo', 'ContractType', 'ContractFilter', 'QueryOptions', 'ExportOptions'],
    ...['DeploymentArgs', 'ContractDeployment', 'LegacyDeployment', 'EnhancedDeployment', 'JSONDeployment'],
    ...['CacheEntry', 'StateManagerOptions', 'StateManagerConfig', 'BackendMetrics', 'ValidationResult'],
    ...['MigrationResult', 'ConsistencyReport', 'ContractEvent'],
  ];
  assert.deepEqual(
    asked.filter((name) => !exported.includes(name)),
    [],
  );
});
