const canonical: ReadonlyMap<string, (value: string) => boolean> = new Map([
  ['insert_final_newline', (value: string) => value !== 'false'],
  ['indent_style', (value: string) => value !== 'tab'],
  ['end_of_line', (value: string) => value !== 'crlf' && value !== 'cr'],
]);

/** What an .editorconfig sets for network files that canonical text is not: `indent_style=tab`. Later sections win. */
export function editorconfigRewrites(text: string): string[] {
  const wrong = new Map<string, string>();
  let applies = false;
  for (const line of text.split(/\r?\n/)) {
    const section = /^\s*\[(.*)\]\s*$/.exec(line)?.[1];
    if (section !== undefined) {
      applies = namesState(section);
      continue;
    }
    const [, key = '', value = ''] = /^\s*([\w-]+)\s*=\s*(.*?)\s*$/.exec(line.toLowerCase()) ?? [];
    const fits = canonical.get(key);
    if (!applies || fits === undefined) continue;
    if (fits(value)) wrong.delete(key);
    else wrong.set(key, `${key}=${value}`);
  }
  return [...wrong.values()].sort();
}

/** The usual ways to write a section that network files fall under. */
function namesState(section: string): boolean {
  const braces = /^\*\.?\{(.*)\}$/.exec(section)?.[1];
  if (braces !== undefined) return braces.split(',').some((end) => /^\.?json$/.test(end.trim()));
  return /^(?:\*|\*\*|\*\*\/\*)$|^(?:\*\*\/|\/)?(?:deployments\/.*)?\*{1,2}(?:\.unified)?\.json$|^\/?(?:\*\*\/)?deployments\/\*\*?$/.test(
    section,
  );
}
