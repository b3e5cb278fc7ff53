import type { BaseState } from '../../commands/base-state.js';
import type { Edits } from '../../commands/record.js';
import { equalJson } from '../../core/equal.js';
import { networkOfPath } from '../../core/layout.js';
import { withMarks } from '../../core/model/marks.js';
import { type NetworkFile, networkFileText, parseNetworkFile, recordsOf } from '../../core/model/network-file.js';

/** The same edits, each record that they add, change or remove marked as one of a migration's dual-write. */
export async function markEdits(base: BaseState, edits: Edits, migration: string): Promise<Edits> {
  const marked = new Map<string, string | null>();
  for (const [path, text] of edits) {
    const parsed = text === null ? null : parseNetworkFile(Buffer.from(text));
    const network = networkOfPath(path)?.network;
    if (parsed?.ok !== true || network === undefined) marked.set(path, text);
    else {
      const names = movedNames(await base.network(network), parsed.file);
      marked.set(path, networkFileText(withMarks(parsed.file, names, migration)));
    }
  }
  return marked;
}

/** A removed record counts: what it leaves is no more complete than what it was. */
function movedNames(before: NetworkFile | null, after: NetworkFile): string[] {
  const [old, next] = [before, after].map(
    (file) => new Map((file === null ? [] : recordsOf(file)).map((record) => [record.name, record])),
  );
  const names = [...new Set([...(old?.keys() ?? []), ...(next?.keys() ?? [])])];
  return names.filter((name) => {
    const [was, is] = [old?.get(name), next?.get(name)];
    return was?.category !== is?.category || !equalJson(was?.fields, is?.fields);
  });
}
