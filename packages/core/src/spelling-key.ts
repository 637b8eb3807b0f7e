/** A key that is equal for texts that differ only in case, spaces or Unicode normalisation. */
export function spellingKey(text: string): string {
  return text.normalize('NFC').trim().replaceAll(/\s+/g, ' ').toLowerCase();
}
