import { MAX_SERIES, seriesStyles } from './series-styles.js';
import { PALETTE } from './theme.js';

describe('seriesStyles', () => {
  it('uses only colours while they suffice', () => {
    expect(seriesStyles(3)).toEqual({ colours: PALETTE.slice(0, 3), dashes: undefined });
    expect(seriesStyles(7).dashes).toBeUndefined();
  });

  it('distinguishes up to 28 lines', () => {
    expect(MAX_SERIES).toBe(28);
    const { colours, dashes } = seriesStyles(MAX_SERIES);
    const looks = colours.map((colour, i) => `${colour} ${dashes?.[i].join()}`);
    expect(new Set(looks).size).toBe(MAX_SERIES);
    expect(looks.slice(0, 7).every((look) => look.endsWith(' 1,0'))).toBe(true);
  });
});
