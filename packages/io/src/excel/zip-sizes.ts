import { ChurnError } from '@churn/core';

/** The records of a ZIP archive that tell what it holds, by the first four bytes. */
const END = 0x06054b50;
const ENTRY = 0x02014b50;
/** How long they are without names and comments. */
const LENGTH = { end: 22, entry: 46 };
const LONGEST_COMMENT = 2 ** 16;
/** What a workbook may become: XML is compressed to a fiftieth at best. */
const MOST = { bytes: 2 ** 26, perByte: 100 };

/**
 * Checks how large the parts of a ZIP archive become before they are decompressed.
 * @throws `invalid-file` if it is no such archive, or fills the memory from nearly nothing.
 */
export function requirePlausibleZip(bytes: Uint8Array, file: string): void {
  const total = decompressedSize(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (total === undefined)
    throw new ChurnError('invalid-file', `${file}: expected an Excel workbook (.xlsx)`);
  if (total > Math.max(MOST.bytes, MOST.perByte * bytes.length)) {
    throw new ChurnError(
      'invalid-file',
      `${file}: ${bytes.length} bytes become ${total} when they are decompressed; expected a workbook`,
    );
  }
}

/** As its directory says; `undefined` if it has none. See APPNOTE.TXT of PKWARE, 4.3. */
function decompressedSize(view: DataView): number | undefined {
  const last = view.byteLength - LENGTH.end;
  let end = last;
  while (end >= 0 && view.getUint32(end, true) !== END) end--;
  if (end < 0 || last - end > LONGEST_COMMENT) return undefined;
  let total = 0;
  let at = view.getUint32(end + 16, true);
  while (at + LENGTH.entry <= end && view.getUint32(at, true) === ENTRY) {
    total += view.getUint32(at + 24, true);
    at +=
      LENGTH.entry +
      view.getUint16(at + 28, true) +
      view.getUint16(at + 30, true) +
      view.getUint16(at + 32, true);
  }
  return total;
}
