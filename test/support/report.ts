import { type Report, reportState } from '../../src/commands/report.js';
import { reportPage } from '../../src/cli/page/report-page.js';
import { knownChains } from '../../src/core/config/chains.js';
import { networkFilePath } from '../../src/core/layout.js';
import type { JsonObject } from '../../src/core/json.js';
import { networkFileText, parseNetworkFile } from '../../src/core/model/network-file.js';
import { type Contract, networkText, proxied } from './deployments.js';
import { memoryRepository } from './memory-repository.js';

/** A name that would be a tag, were it not text. */
export const hostileName = '<img src=x onerror=alert(1)>';

export type Networks = Readonly<
  Record<
    string,
    { readonly chainId: number; readonly contracts: Readonly<Record<string, Contract>>; readonly sections?: JsonObject }
  >
>;

/** The files of a state, with sections. */
export function filesOf(networks: Networks): Record<string, string> {
  return Object.fromEntries(
    Object.entries(networks).map(([name, { chainId, contracts, sections = {} }]) => {
      const text = networkText(name, chainId, contracts);
      const parsed = parseNetworkFile(Buffer.from(text));
      if (!parsed.ok) throw new Error(`${name} cannot be read`);
      const { file } = parsed;
      return [networkFilePath('', name), networkFileText({ ...file, root: { ...file.root, ...sections } })];
    }),
  );
}

/** What the work tree of a repository with one commit reports; none without files. */
export async function reportOf(files: Readonly<Record<string, string>>): Promise<Report> {
  return reportState(memoryRepository(files), { today: 0 });
}

export async function pageOf(files: Readonly<Record<string, string>>): Promise<string> {
  return reportPage(await reportOf(files));
}

/** Four testnets: drift, a record that is missing, a name that is a tag, and peers. */
export function smallState(name: string = hostileName): Record<string, string> {
  const peers = (...chains: number[]) => ({
    topology: { connectedChains: chains.map((chainId) => ({ chainId, protocols: [{ name: 'layerZero' }] })) },
  });
  return filesOf({
    basesepolia: {
      chainId: 84532,
      contracts: { Token: proxied('Token'), Oracle: proxied('Oracle'), [name]: proxied('Odd') },
      sections: peers(97, 11155420),
    },
    bscmainnet: { chainId: 56, contracts: { Token: proxied('Token', 2) }, sections: peers(97) },
    bsctestnet: {
      chainId: 97,
      contracts: { Token: proxied('Token'), Oracle: proxied('Oracle'), [name]: proxied('Odd') },
      sections: peers(84532),
    },
    optimismsepolia: {
      chainId: 11155420,
      contracts: {
        Token: proxied('Token'),
        [name]: proxied('Odd', 1, { note: name, [`x-${name}`]: { [name]: [name] } }),
      },
    },
  });
}

/** So many networks with so many contracts each; one in ten runs another code. */
export function largeState(networks: number, contracts: number): Record<string, string> {
  const named = (at: number) => `network${String(at).padStart(4, '0')}`;
  const known = new Set(knownChains.map(({ chainId }) => chainId));
  const chains = Array.from({ length: networks + known.size }, (_, at) => 900_000 + at).filter((id) => !known.has(id));
  return filesOf(
    Object.fromEntries(
      Array.from({ length: networks }, (_, at) => [
        named(at),
        {
          chainId: chains[at] ?? 0,
          contracts: Object.fromEntries(
            Array.from({ length: contracts }, (_each, n) => {
              const name = n === 0 ? hostileName.replaceAll('/', '') : `Contract${String(n).padStart(3, '0')}`;
              return [
                name,
                proxied(`Contract ${n}`, at % 10 === 3 && n % 7 === 0 ? 2 : 1, { proxy: addressOf(at, n) }),
              ];
            }),
          ),
        },
      ]),
    ),
  );
}

/** Quick, and no two alike: a test of the page needs no checksummed addresses. */
function addressOf(network: number, contract: number): string {
  return `0x${(network * 1000 + contract + 1).toString().padStart(40, '0')}`;
}
