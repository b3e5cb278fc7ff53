const secretWords: ReadonlySet<string> = new Set([
  'key',
  'keys',
  'apikey',
  'privatekey',
  'signingkey',
  'token',
  'tokens',
  'secret',
  'secrets',
  'password',
  'passwd',
  'passphrase',
  'pass',
  'mnemonic',
  'seed',
  'private',
  'credential',
  'credentials',
  'auth',
  'authorization',
  'extraheader',
  'bearer',
  'cookie',
]);

const addressWords: ReadonlySet<string> = new Set([
  'rpc',
  'url',
  'urls',
  'uri',
  'dsn',
  'endpoint',
  'webhook',
  'proxy',
  'pushurl',
  'insteadof',
]);

/** Is what goes by this name a secret, by the name alone: `PRIVATE_KEY`, `apiKey`, `http.extraheader`? */
export function isSecretName(name: string): boolean {
  return wordsOf(name).some((word) => secretWords.has(word));
}

/** Or an address that may hold one: `BSC_RPC`, `remote.origin.url`. */
export function mayHoldSecret(name: string): boolean {
  return wordsOf(name).some((word) => secretWords.has(word) || addressWords.has(word));
}

function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);
}
