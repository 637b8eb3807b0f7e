import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { TextItem } from './draw-svg.js';
import { type LetterWidths, letterWidths } from './font-widths.js';

const fonts = createRequire(import.meta.url);

/** The file of the font that figures are set in. */
export function figureFont(weight: 'normal' | 'bold'): string {
  return fonts.resolve(`dejavu-fonts-ttf/ttf/DejaVuSans${weight === 'bold' ? '-Bold' : ''}.ttf`);
}

const loaded = new Map<'normal' | 'bold', LetterWidths>();

/** How many pixels a text is wide in the font that figures are set in; letters that it lacks are as wide as they are high. */
export function measureText({ fontSize = 11, fontWeight = 'normal' }: TextItem, text: unknown): number {
  const weight = fontWeight === 'bold' || Number(fontWeight) >= 600 ? 'bold' : 'normal';
  const widthOf = loaded.get(weight) ?? letterWidths(readFileSync(figureFont(weight)));
  loaded.set(weight, widthOf);
  let ems = 0;
  for (const letter of String(text ?? '').trim()) ems += widthOf(letter.codePointAt(0) ?? 0) ?? 1;
  return ems * fontSize;
}
