/** How wide letters are, in parts of the height of the font; `undefined` of one that the font lacks. */
export type LetterWidths = (codePoint: number) => number | undefined;

/** A table of characters with 32 bits each: of Unicode in full. */
const FULL_UNICODE = 12;

/**
 * How wide the letters of a TrueType font are, from its tables `cmap`, `hhea`, `hmtx` and `head` (ISO/IEC 14496-22, "Open Font Format").
 * @throws a `RangeError` if the file is none.
 */
export function letterWidths(font: Uint8Array): LetterWidths {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const tables = tablesOf(view);
  const unitsPerEm = view.getUint16(tables('head') + 18);
  const metrics = tables('hmtx');
  const lastMetric = view.getUint16(tables('hhea') + 34) - 1;
  const groups = characterGroups(view, tables('cmap'));
  const nGroups = view.getUint32(groups - 4);
  return (codePoint) => {
    let [low, high] = [0, nGroups - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      // The first character of the group, the last one, and the glyph of the first.
      const group = groups + 12 * middle;
      if (codePoint < view.getUint32(group)) high = middle - 1;
      else if (codePoint > view.getUint32(group + 4)) low = middle + 1;
      else {
        const glyph = view.getUint32(group + 8) + codePoint - view.getUint32(group);
        // Glyphs beyond the last figure have that one.
        return view.getUint16(metrics + 4 * Math.min(glyph, lastMetric)) / unitsPerEm;
      }
    }
    return undefined;
  };
}

/** Where each table begins, by its name of four letters. */
function tablesOf(view: DataView): (name: string) => number {
  const places = new Map<string, number>();
  for (let i = 0; i < view.getUint16(4); i++) {
    const record = 12 + 16 * i;
    const name = String.fromCharCode(...Array.from({ length: 4 }, (_, k) => view.getUint8(record + k)));
    places.set(name, view.getUint32(record + 8));
  }
  return (name) => {
    const place = places.get(name);
    if (place === undefined) throw new RangeError(`font: expected a table ${name}, got none`);
    return place;
  };
}

/** Where the groups of characters begin; the number of them stands before. */
function characterGroups(view: DataView, cmap: number): number {
  for (let i = 0; i < view.getUint16(cmap + 2); i++) {
    const table = cmap + view.getUint32(cmap + 4 + 8 * i + 4);
    if (view.getUint16(table) === FULL_UNICODE) return table + 16;
  }
  throw new RangeError('font: expected a table of all characters, got none');
}
