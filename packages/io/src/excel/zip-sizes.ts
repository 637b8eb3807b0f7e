import { ChurnError } from '@churn/core';

/** The signatures of the ZIP records that describe the content. */
const END = 0x06054b50;
const ENTRY = 0x02014b50;
/** The lengths of these records without names and comments. */
const LENGTH = { end: 22, entry: 46 };
const MAX_COMMENT = 2 ** 16;
/** The maximum decompressed size: XML is compressed to a fiftieth at best. */
const LIMIT = { bytes: 2 ** 26, perByte: 100 };

/**
 * Checks the decompressed size of a ZIP archive before decompression.
 * @throws `invalid-file` if it is not such an archive, or its decompressed size is implausibly large.
 */
export function requirePlausibleZip(bytes: Uint8Array, file: string): void {
  const total = decompressedSize(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (total === undefined)
    throw new ChurnError('invalid-file', `${file}: expected an Excel workbook (.xlsx)`);
  if (total > Math.max(LIMIT.bytes, LIMIT.perByte * bytes.length)) {
    throw new ChurnError(
      'invalid-file',
      `${file}: ${bytes.length} bytes decompress to ${total}; expected a workbook`,
    );
  }
}

/** The size in the archive's directory; `undefined` without one. See APPNOTE.TXT of PKWARE, 4.3. */
function decompressedSize(view: DataView): number | undefined {
  const last = view.byteLength - LENGTH.end;
  let end = last;
  while (end >= 0 && view.getUint32(end, true) !== END) end--;
  if (end < 0 || last - end > MAX_COMMENT) return undefined;
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
