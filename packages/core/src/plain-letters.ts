/** Text in lower case without accents, for names of plain letters; letters of other scripts stay. */
export function plainLetters(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ß', 'ss');
}
