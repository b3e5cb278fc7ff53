/** How one stream is written: colour, UTF-8 and width are decided per stream (UX, principle 2). */
export type Style = {
  readonly color: boolean;
  readonly unicode: boolean;
  /** True on a terminal; false in a pipe, where lists are tab-separated without header. */
  readonly terminal: boolean;
  readonly width: number;
};
