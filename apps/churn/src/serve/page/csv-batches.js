/**
 * Cuts the text of CSV, as it comes, into its header and batches of whole records; a quoted field may hold line ends.
 * @param {AsyncIterable<string>} chunks
 * @param {{ rows: number, size: number }} limits how many records a batch has at most, and from how many characters on it is full
 * @returns {AsyncGenerator<{ header: string, text: string, rows: number }>}
 */
export async function* csvBatches(chunks, limits) {
  let header = '';
  let [text, rows] = ['', 0];
  for await (const record of recordsOf(chunks)) {
    const isEmpty = record.trim() === '';
    if (isEmpty && header === '') continue;
    // Excel's first line `sep=;` stands before the header.
    if (header === '' || /^sep=.\s*$/i.test(header)) {
      header += record;
      continue;
    }
    text += record;
    if (!isEmpty) rows++;
    if (rows >= limits.rows || text.length >= limits.size) {
      if (rows > 0) yield { header, text, rows };
      [text, rows] = ['', 0];
    }
  }
  if (rows > 0) yield { header, text, rows };
}

/** What comes after the first record of a text. @param {string} text */
export function withoutHeader(text) {
  for (const [end] of recordEnds(text, { isQuoted: false })) return text.slice(end);
  return '';
}

/**
 * Records with their line ends.
 * @param {AsyncIterable<string>} chunks
 */
async function* recordsOf(chunks) {
  const state = { isQuoted: false };
  let open = '';
  for await (const chunk of chunks) {
    let start = 0;
    for (const [end] of recordEnds(chunk, state)) {
      yield open + chunk.slice(start, end);
      open = '';
      start = end;
    }
    open += chunk.slice(start);
  }
  if (open.trim() !== '') yield `${open}\n`;
}

/**
 * Where records end, by line ends outside of quotes; after a CR, the LF is an empty record, which readers pass over.
 * @param {string} text
 * @param {{ isQuoted: boolean }} state of the text before, and then of all
 * @returns {Generator<[end: number]>}
 */
function* recordEnds(text, state) {
  for (const { 0: mark, index } of text.matchAll(/["\r\n]/g)) {
    if (mark === '"') state.isQuoted = !state.isQuoted;
    else if (!state.isQuoted) yield [index + 1];
  }
}
