const MAX_LENGTH = 160;

/** The first paragraph below the heading of a page, as Markdown; `''` if there is none. */
export function firstParagraph(source: string): string {
  const body = source.split(/^# .*$/m)[1] ?? '';
  const blocks = body.replace(/^```[\s\S]*?^```$/gm, '').split(/\n\s*\n/);
  return blocks.map((block) => block.trim()).find((block) => !/^([>#|*<-]|\d+\. |\[!\[|$)/.test(block)) ?? '';
}

/** The first paragraph of a page as plain text of at most 160 characters: whole sentences if one fits, words otherwise. */
export function summaryOf(source: string): string {
  const text = firstParagraph(source)
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/`|\*\*|(?<!\w)_|_(?!\w)/g, '')
    .replace(/\s+/g, ' ')
    .replace(/(?<=\.) [^.]*:$/, '')
    .replace(/:$/, '.');
  if (text.length <= MAX_LENGTH) return text;
  const start = text.slice(0, MAX_LENGTH);
  const [sentences] = /^.*[^.]\.(?= )/.exec(start) ?? [];
  return sentences ?? start.slice(0, MAX_LENGTH - 1).replace(/[\s,;:(]*\S*$/, '…');
}
