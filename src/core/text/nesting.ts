/** What a linear scan of JSON text can tell before any recursive parser sees it. */
export type Nesting = {
  /** The most `{` and `[` that are open at once. */
  readonly depth: number;
  /** Offset of the first bracket that opens one level more than the limit; -1 when none does. */
  readonly firstTooDeep: number;
  /** The brackets that are open there, outermost first, without the one too many. */
  readonly open: string;
  /** Offset of the first control character inside a string; -1 when there is none. */
  readonly firstControl: number;
};

const quote = 0x22;
const backslash = 0x5c;
const firstPrintable = 0x20;

/** Total over any text: never recursive, never throws, linear. */
export function scanNesting(text: string, limit: number): Nesting {
  const stack: string[] = [];
  let level = 0;
  let depth = 0;
  let firstTooDeep = -1;
  let firstControl = -1;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (inString) {
      if (unit === quote) inString = false;
      else if (unit === backslash) at += 1;
      else if (unit < firstPrintable && firstControl === -1) firstControl = at;
    } else if (unit === quote) {
      inString = true;
    } else if (unit === 0x7b || unit === 0x5b) {
      level += 1;
      depth = Math.max(depth, level);
      if (level > limit) firstTooDeep = firstTooDeep === -1 ? at : firstTooDeep;
      else if (firstTooDeep === -1) stack.push(text.charAt(at));
    } else if (unit === 0x7d || unit === 0x5d) {
      level = Math.max(level - 1, 0);
      if (firstTooDeep === -1) stack.pop();
    }
  }
  return { depth, firstTooDeep, open: stack.join(''), firstControl };
}
