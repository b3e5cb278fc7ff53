const addressText = /^0x[0-9a-fA-F]{40}$/;

/** `0x` and 40 hex digits, in any case. */
export function isAddressText(text: string): boolean {
  return addressText.test(text);
}
