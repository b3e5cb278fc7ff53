import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Checkout } from '../checkout-context.js';
import type { TreeEntry } from '../read/tree-object.js';
import { answeringGit } from './answering-git.js';
import { storeBlob, storeCommit, wantsSignature } from './store-object.js';

/**
 * Stores objects through git, durable; answers their oids. However many there are, it takes a handful of processes: the first blob and
 * the first commit have one each, as in a write of one record, all trees and all later ones share theirs.
 */
export type ObjectWriter = {
  blob(text: string): Promise<string>;
  tree(entries: readonly TreeEntry[]): Promise<string>;
  commit(tree: string, parent: string | null, message: string): Promise<string>;
  /** To be called in the end, also after a failure. */
  close(): Promise<void>;
};

/** `scratch` is a folder of this writer's own: made when it is needed, gone in the end. */
export function openObjectWriter(checkout: Checkout, scratch: string): ObjectWriter {
  // An empty entry ends a tree.
  const trees = answeringGit(checkout, ['mktree', '-z', '--missing', '--batch']);
  const blobs = answeringGit(checkout, hashFiles('blob'));
  const commits = answeringGit(checkout, hashFiles('commit'));
  let folder: Promise<unknown> | null = null;
  let hasBlob = false;
  let sign: boolean | null = null;
  let header: Buffer | null = null;

  /** git takes the content of one object from its input, and of many only from files. */
  async function asFile(name: string, content: string | Uint8Array): Promise<string> {
    folder ??= mkdir(scratch, { recursive: true });
    await folder;
    const file = join(scratch, name);
    await writeFile(file, content);
    return `${quoted(file)}\n`;
  }

  return {
    async blob(text) {
      if (hasBlob) return blobs.ask(await asFile('blob', text));
      hasBlob = true;
      return storeBlob(checkout, text);
    },
    tree: (entries) => trees.ask(Buffer.from(`${entries.map(treeLine).join('')}\0`, 'latin1')),
    async commit(tree, parent, message) {
      sign ??= await wantsSignature(checkout);
      const parents = parent === null ? [] : [parent];
      if (header === null || sign) {
        const oid = await storeCommit(checkout, tree, parents, { message, sign });
        header = sign ? null : await headerOf(checkout, oid);
        return oid;
      }
      const places = [`tree ${tree}`, ...parents.map((one) => `parent ${one}`)].map((line) => `${line}\n`);
      const parts = [Buffer.from(places.join('')), header, Buffer.from(`\n\n${message}`)];
      return commits.ask(await asFile('commit', Buffer.concat(parts)));
    },
    async close() {
      for (const git of [trees, blobs, commits]) git.close();
      if (folder !== null) await rm(scratch, { recursive: true, force: true });
    },
  };
}

function hashFiles(type: string): string[] {
  return ['hash-object', '-t', type, '-w', '--no-filters', '--stdin-paths'];
}

/** As git reads a path of its input: the folder of a repository may hold any character. */
function quoted(file: string): string {
  return `"${file.replaceAll(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`;
}

function treeLine({ mode, name, oid }: TreeEntry): string {
  const types: Readonly<Record<string, string>> = { '040000': 'tree', '160000': 'commit' };
  return `${mode} ${types[mode] ?? 'blob'} ${oid}\t${name}\0`;
}

/** Who and when, to the byte as git itself wrote it: the later commits of the same write have the same. */
async function headerOf(checkout: Checkout, oid: string): Promise<Buffer | null> {
  const object = await checkout.objects.read(oid);
  if (object === null) return null;
  const text = object.bytes.toString('latin1');
  const lines = text.slice(0, text.indexOf('\n\n')).split('\n');
  return Buffer.from(lines.filter((line) => !/^(?:tree|parent) /.test(line)).join('\n'), 'latin1');
}
