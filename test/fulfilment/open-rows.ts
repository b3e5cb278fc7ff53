/** Requirements that have no row yet. */
export const openRows: readonly string[] = ['R074', 'R078'];
