import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { compareText, equalJson } from '../../core/equal.js';
import { isObject, type JsonObject, member } from '../../core/json.js';
import type { ContractType } from '../../core/model/contract-type.js';
import type { PlainContract } from '../../core/plain/plain-contract.js';
import { deletePlain, findPlain, plainContracts, putPlain } from '../../core/plain/plain-contracts.js';
import { emptyPlainFile, type PlainFile, plainText } from '../../core/plain/plain-file.js';
import { shown } from '../../core/shown.js';
import { tagBigints, untagBigints } from '../../core/values/bigint.js';
import { StateManagerError } from '../../errors.js';
import type { ContractStore, Scope, StoreChange } from '../contract-store.js';
import { fileNamed, findFile, newFileName } from './find-file.js';
import { inspectFolder } from './inspect-folder.js';
import { notDeployment } from './load-error.js';
import { type LoadedFile, openPlainFolder, type PlainFolder } from './plain-folder.js';
import { aloneIn, type PlannedWrite, writeAll } from './write-files.js';

export type JsonOptions = {
  /** Default the working directory of the process. */
  readonly cwd?: string | undefined;
  /** The folder of the files, from `cwd`. Default `deployments`. */
  readonly basePath?: string | undefined;
  /** Of several files of one chain, which a chain id alone means. */
  readonly network?: string | null | undefined;
  /** What a new file is; one that is there keeps its form. Default `v1`. */
  readonly format?: 'v1' | 'v2' | undefined;
  /** Keep what a write replaces in `<file>.backup`. Default false: Git keeps it. */
  readonly backup?: boolean | undefined;
  /** Files of mode 0600 instead of 0644, in a folder of mode 0700 where it is made. Git keeps neither, only whether a file may be executed. */
  readonly private?: boolean | undefined;
  /** How long a write waits for others, in ms. Default 10,000. */
  readonly lockTimeout?: number | undefined;
};

/**
 * Plain deployment files, `<basePath>/<network>.json`, as a store. Every answer is of the files as they are; changes to
 * several of them are made together or not at all, unless the process is killed between two.
 */
export function jsonContracts(options: JsonOptions = {}): ContractStore {
  const cwd = resolve(options.cwd ?? process.cwd());
  const folder = openPlainFolder(join(cwd, options.basePath ?? 'deployments'), cwd);
  const own = options.network ?? null;
  const underWay = new Set<Promise<unknown>>();
  return {
    type: 'json',
    async open() {
      await folder.names();
    },
    async chainOf(network) {
      return (await fileNamed(folder, network))?.file.chainId ?? null;
    },
    async read(scope, contractName) {
      const loaded = await findFile(folder, scope, own);
      return loaded === null ? null : contractIn(loaded, contractName);
    },
    async list(scope) {
      const files = scope === undefined ? await allFiles(folder) : [await findFile(folder, scope, own)];
      const contracts = files.flatMap((loaded) => (loaded === null ? [] : contractsIn(loaded)));
      return contracts.sort((a, b) => a.chainId - b.chainId || compareText(a.contractName, b.contractName));
    },
    async apply(changes) {
      if (changes.length === 0) return [];
      const alone = { timeout: options.lockTimeout ?? 10_000, private: options.private ?? false };
      const work = aloneIn(folder.folder, alone, () => applyAlone(folder, changes, options));
      underWay.add(work);
      try {
        return await work;
      } finally {
        underWay.delete(work);
      }
    },
    inspect: () => inspectFolder(folder),
    async version() {
      const digests = (await allFiles(folder)).map(({ name, digest }) => `${name} ${digest}\n`);
      return createHash('sha256').update(digests.join('')).digest('hex');
    },
    async close() {
      await Promise.allSettled(underWay);
    },
  };
}

type Edited = { readonly name: string; readonly loaded: LoadedFile | null; file: PlainFile };

async function applyAlone(
  folder: PlainFolder,
  changes: readonly StoreChange[],
  options: JsonOptions,
): Promise<boolean[]> {
  const edited = new Map<string, Edited>();
  const answers: boolean[] = [];
  for (const change of changes) answers.push(await applyOne(folder, edited, change, options));
  const writes = [...edited.values()].flatMap(({ name, loaded, file }): PlannedWrite[] => {
    const text = plainText(file);
    if (loaded === null ? plainContracts(file).contracts.length === 0 : text === plainText(loaded.file)) return [];
    const path = join(folder.folder, `${name}.json`);
    return [{ path, shownPath: folder.pathOf(name), text, before: loaded?.bytes ?? null }];
  });
  await writeAll(writes, { backup: options.backup ?? false, private: options.private ?? false });
  return answers;
}

async function applyOne(
  folder: PlainFolder,
  edited: Map<string, Edited>,
  change: StoreChange,
  options: JsonOptions,
): Promise<boolean> {
  const contract = change.kind === 'put' ? contractToPut(change.scope, change.contract) : null;
  const target = await targetOf(folder, edited, change.scope, contract, options);
  const before = target.file;
  const name = change.kind === 'put' ? change.contract.contractName : change.contractName;
  const after = contract === null ? deletePlain(before, name) : putPlain(before, contract);
  if (equalJson(findPlain(before, name)?.contract, findPlain(after, name)?.contract)) return false;
  target.file = after;
  return true;
}

/** The file of a change, with what the changes before made of it. */
async function targetOf(
  folder: PlainFolder,
  edited: Map<string, Edited>,
  scope: Scope,
  contract: JsonObject | null,
  options: JsonOptions,
): Promise<Edited> {
  const loaded = await findFile(folder, scope, options.network ?? null);
  const isNewOfChain = (each: Edited) => each.loaded === null && each.file.chainId === scope.chainId;
  const begun = loaded === null && scope.network === undefined ? [...edited.values()].find(isNewOfChain) : undefined;
  const spelling = contract === null ? undefined : member(contract, 'networkName');
  const name = begun?.name ?? loaded?.name ?? newFileName(scope, spelling);
  const target = edited.get(name) ?? { name, loaded, file: loaded?.file ?? newFile(name, scope, options) };
  edited.set(name, target);
  return target;
}

function newFile(network: string, { chainId }: Scope, { format = 'v1' }: JsonOptions): PlainFile {
  return emptyPlainFile(format, { network, chainId, timestamp: new Date().toISOString() });
}

function contractToPut(scope: Scope, contract: ContractType): JsonObject {
  const input = tagBigints(contract);
  if (!isObject(input)) {
    throw new StateManagerError('BAD_INPUT', 'A contract must be an object', { hint: 'pass a ContractType' });
  }
  const chainId = member(input, 'chainId');
  if (chainId !== undefined && chainId !== scope.chainId) {
    throw new StateManagerError(
      'CHAIN_ID_MISMATCH',
      `The contract is of chain ${shown(JSON.stringify(chainId))} and is put on chain ${scope.chainId}`,
      { hint: 'put it on its own chain', details: { expected: scope.chainId, actual: chainId } },
    );
  }
  return { ...input, chainId: scope.chainId };
}

async function allFiles(folder: PlainFolder): Promise<LoadedFile[]> {
  const files = await Promise.all((await folder.names()).map((name) => folder.loadAny(name)));
  return files.filter((file) => file !== null);
}

/** What stands where a contract should could be the one that is asked for: then nothing says that it is not there. */
function contractIn(loaded: LoadedFile, name: string): ContractType | null {
  const found = findPlain(loaded.file, name);
  if (found !== null) return native(found);
  refuseProblems(loaded);
  return null;
}

function contractsIn(loaded: LoadedFile): ContractType[] {
  refuseProblems(loaded);
  return plainContracts(loaded.file).contracts.map(native);
}

function refuseProblems(loaded: LoadedFile): void {
  const [first] = plainContracts(loaded.file).problems;
  if (first !== undefined) throw notDeployment(loaded.place(first.path), `${first.path} ${first.message}`);
}

function native({ contract }: PlainContract): ContractType {
  return untagBigints(contract) as ContractType;
}
