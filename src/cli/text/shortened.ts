/** Text of at most so many characters; what is cut shows as `…`, and no character is cut in two. */
export function shortened(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit).replace(/[\ud800-\udbff]$/, '')}…`;
}
