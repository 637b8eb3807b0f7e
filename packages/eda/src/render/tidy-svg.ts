import { visibleText } from '../charts/shown-names.js';

/**
 * A picture with coordinates to a hundredth of a pixel, which makes it much smaller and looks the same, and without letters that XML
 * forbids.
 */
export function tidySvg(svg: string): string {
  // Attributes hold no raw angle brackets and no raw quotes, so text of the data is out of reach.
  const rounded = svg.replace(/<(?:path|g|text|line|rect)[^<>]*>/g, (tag) =>
    tag.replace(/ (?:d|transform)="[^"]*"/g, (attribute) =>
      attribute.replace(/\d+\.\d{3,}(?!\d*e)/g, (number) => String(Number(Number(number).toFixed(2)))),
    ),
  );
  return rounded.split('\n').map(visibleText).join('\n');
}
