import type { Json } from '../json.js';
import { networkNameProblem } from '../model/names.js';
import { type FoldLog, noteDoubt } from './fold-log.js';

/** Which network the result is about, and what the source says of that. */
export type FoldPlace = {
  readonly network: string;
  readonly chainId: number;
  readonly said: { readonly network: Json | undefined; readonly chainId: Json | undefined };
};

/** Reports where the source says otherwise, or nothing. */
export function foldIdentity({ network, chainId, said }: FoldPlace, log: FoldLog): void {
  if (said.network === undefined) {
    log.folded.push({ rule: 'section-missing', path: '/network' });
  } else if (said.network !== network) {
    const isName = typeof said.network === 'string' && networkNameProblem(said.network) === null;
    noteDoubt(log, isName ? 'network-file' : 'network-name', '/network', network);
  }
  if (said.chainId === undefined) log.folded.push({ rule: 'section-missing', path: '/chainId' });
  else if (said.chainId === String(chainId)) log.folded.push({ rule: 'chain-id', path: '/chainId' });
  else if (said.chainId !== chainId) noteDoubt(log, 'chain-id', '/chainId', chainId);
}
