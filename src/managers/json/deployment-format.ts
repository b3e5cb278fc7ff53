import type { Json } from '../../core/json.js';
import { migrateForm } from '../../core/plain/migrate-form.js';
import { plainFile } from '../../core/plain/plain-file.js';
import { tagBigints } from '../../core/values/bigint.js';
import { StateManagerError } from '../../errors.js';

/** One file of document 001 (`v1`): contracts by name, hashes beside them. Other members are kept. */
export type LegacyDeployment = {
  readonly network: string;
  readonly chainId: number;
  readonly contracts: Readonly<Record<string, { readonly proxy?: string; readonly implementation?: string }>>;
  readonly implementationHashes?: Readonly<Record<string, string>>;
  /** ISO 8601, as the others. */
  readonly timestamp?: string;
  readonly lastDeployed?: string;
  readonly deployer?: string;
  readonly [member: string]: unknown;
};

/** One file of document 000 (`version` 2.0.0), as it stands in JSON: contracts by address, bigints as `{_type, _value}`. */
export type EnhancedDeployment = {
  readonly version: string;
  readonly network: string;
  readonly chainId: number;
  /** ISO 8601. */
  readonly timestamp: string;
  readonly deploymentMode?: string;
  readonly protocols?: Readonly<Record<string, unknown>>;
  readonly contracts: Readonly<Record<string, EnhancedContract>>;
  readonly [member: string]: unknown;
};

export type EnhancedContract = {
  readonly name: string;
  readonly address: string;
  /** Decimal milliseconds or nanoseconds, or ISO 8601, as it was put. */
  readonly deployedAt?: string;
  readonly implementationHash?: string;
  readonly constructorArgs?: readonly unknown[];
  readonly proxy?: { readonly proxyAddress: string; readonly implementationAddress?: string; readonly admin?: string };
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly [member: string]: unknown;
};

/** What a `JSONStateManager` keeps per network. */
export type JSONDeployment = LegacyDeployment | EnhancedDeployment;

/**
 * A v1 deployment as the address-keyed v2 one; nothing of it is lost, a v2 one is answered as it is. Throws BAD_INPUT for what is
 * neither, ADDRESS_AMBIGUOUS for two contracts of one address.
 */
export function migrateDeploymentFormat(legacy: JSONDeployment): EnhancedDeployment {
  const root: Json = tagBigints(legacy);
  const file = plainFile(root);
  if ('message' in file || file.form === 'enhanced') {
    const why = 'message' in file ? `${file.path} ${file.message}`.trim() : 'it is of the enhanced form';
    throw new StateManagerError('BAD_INPUT', `What is to be migrated is no v1 deployment: ${why}`, {
      hint: 'pass the parsed content of deployments/<network>.json',
      details: { reference: 'JSON-003' },
    });
  }
  const migrated: unknown = (file.form === 'v2' ? file : migrateForm(file)).root;
  return migrated as EnhancedDeployment;
}
