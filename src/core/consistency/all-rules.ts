import type { ConsistencyRule } from './rule.js';
import { addressCase } from './rules/address-case.js';
import { addressChecksum } from './rules/address-checksum.js';
import { addressIsHash } from './rules/address-is-hash.js';
import { addressMalformed } from './rules/address-malformed.js';
import { addressOtherName } from './rules/address-other-name.js';
import { addressReused } from './rules/address-reused.js';
import { addressZero } from './rules/address-zero.js';
import { argsUnknown } from './rules/args-unknown.js';
import { chainMismatch } from './rules/chain-mismatch.js';
import { chainTwice } from './rules/chain-twice.js';
import { configAdded } from './rules/config-added.js';
import { configPending } from './rules/config-pending.js';
import { configUnknownRule } from './rules/config-unknown-rule.js';
import { crossTier } from './rules/cross-tier.js';
import { endpointAsChain } from './rules/endpoint-as-chain.js';
import { fileStray } from './rules/file-stray.js';
import { hashDrift } from './rules/hash-drift.js';
import { hashIsAddress } from './rules/hash-is-address.js';
import { hashOtherContract } from './rules/hash-other-contract.js';
import { hashShared } from './rules/hash-shared.js';
import { hashTwoForOne } from './rules/hash-two-for-one.js';
import { legacyLeftover } from './rules/legacy-leftover.js';
import { manifestContradicts } from './rules/manifest-contradicts.js';
import { manifestMissing } from './rules/manifest-missing.js';
import { manifestUnreadable } from './rules/manifest-unreadable.js';
import { missingPeer } from './rules/missing-peer.js';
import { oneWay } from './rules/one-way.js';
import { peerContract } from './rules/peer-contract.js';
import { peerMismatch } from './rules/peer-mismatch.js';
import { protocolFees } from './rules/protocol-fees.js';
import { protocolListsDiffer } from './rules/protocol-lists-differ.js';
import { protocolNotConfigured } from './rules/protocol-not-configured.js';
import { protocolNotDeployed } from './rules/protocol-not-deployed.js';
import { protocolNotEnabled } from './rules/protocol-not-enabled.js';
import { protocolOwnChain } from './rules/protocol-own-chain.js';
import { protocolSpelling } from './rules/protocol-spelling.js';
import { protocolVerifiers } from './rules/protocol-verifiers.js';
import { qualifiedTwin } from './rules/qualified-twin.js';
import { recordMissing } from './rules/record-missing.js';
import { sectionChecksumStale } from './rules/section-checksum-stale.js';
import { settingsDiffer } from './rules/settings-differ.js';
import { tierMismatch } from './rules/tier-mismatch.js';
import { timeBeforeChain } from './rules/time-before-chain.js';
import { timeFuture } from './rules/time-future.js';
import { unknownPeer } from './rules/unknown-peer.js';
import { waiverExpired } from './rules/waiver-expired.js';

/** Every rule of `check`, in the order in which the page of rules lists them. Another rule is another file and a line here. */
export const consistencyRules: readonly ConsistencyRule[] = [
  chainMismatch,
  chainTwice,
  tierMismatch,
  addressZero,
  addressMalformed,
  addressCase,
  addressChecksum,
  addressIsHash,
  addressReused,
  addressOtherName,
  hashIsAddress,
  hashDrift,
  hashTwoForOne,
  hashOtherContract,
  hashShared,
  argsUnknown,
  recordMissing,
  qualifiedTwin,
  legacyLeftover,
  timeFuture,
  timeBeforeChain,
  endpointAsChain,
  crossTier,
  missingPeer,
  oneWay,
  unknownPeer,
  peerContract,
  peerMismatch,
  protocolNotDeployed,
  protocolNotConfigured,
  protocolNotEnabled,
  protocolListsDiffer,
  protocolSpelling,
  protocolOwnChain,
  protocolVerifiers,
  protocolFees,
  settingsDiffer,
  sectionChecksumStale,
  manifestContradicts,
  manifestMissing,
  manifestUnreadable,
  fileStray,
  waiverExpired,
  configUnknownRule,
  configPending,
  configAdded,
];

const byId: ReadonlyMap<string, ConsistencyRule> = new Map(consistencyRules.map((rule) => [rule.id, rule]));

export const consistencyRuleIds: ReadonlySet<string> = new Set(byId.keys());

/** Null for an id that is no rule of `check`. */
export function consistencyRuleOf(id: string): ConsistencyRule | null {
  return byId.get(id) ?? null;
}
