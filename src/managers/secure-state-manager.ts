import { checksummed, type ChecksumOptions } from './layers/checksummed.js';
import { StateManager } from './state-manager.js';

/** The documents' checksums around a manager: the same manager over its store with `checksummed` around it. */
export class SecureStateManager extends StateManager {
  constructor(backend: StateManager, options: ChecksumOptions = {}) {
    super({ network: backend.network, chainId: backend.chainId }, checksummed(options)(backend.store));
  }
}
