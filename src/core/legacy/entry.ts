/** One entry of a foreign key-value store, exactly as its bytes stand there. */
export type LegacyEntry = { readonly key: Uint8Array; readonly value: Uint8Array };
