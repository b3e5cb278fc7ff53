import { type JsonObject, member } from '../../json.js';
import { pointer } from '../../text/pointer.js';
import { identityOf, isSection, type OlderPart } from './older-part.js';
import { placeMembers } from './place-members.js';
import { readV1 } from './read-v1.js';

/** `.state/<network>-<ms>.json`: the steps of one deployment, and at times the v1 file as it was then. */
export function readState(root: JsonObject): OlderPart {
  const own = identityOf(root, '');
  const checkpoint = member(root, 'checkpoint');
  const rest = placeMembers(root, '', {
    homes: new Map(),
    taken: (key, value) => key === 'network' || key === 'chainId' || (key === 'checkpoint' && isSection(value)),
    aside: 'x-json-state',
  });
  if (!isSection(checkpoint)) return { ...own, records: [], rejects: [], ...rest };
  const v1 = readV1(checkpoint, pointer('checkpoint'));
  return {
    ...v1,
    chainId: own.chainId ?? v1.chainId,
    spelling: own.spelling ?? v1.spelling,
    said: [...own.said, ...v1.said],
    sections: [...v1.sections, ...rest.sections],
    dropped: [...v1.dropped, ...rest.dropped],
  };
}
