import type { MarkdownRenderer } from 'vitepress';

/** Leaves out paragraphs of badges: their images come from another host, and a page of the site loads nothing from elsewhere. */
export function withoutBadges(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push('without-badges', (state) => {
    const badges = state.tokens.flatMap(({ children }, index) =>
      children?.some((each) => each.type === 'image' && each.attrGet('src')?.startsWith('https://'))
        ? [index]
        : [],
    );
    // A paragraph is three tokens: it is opened, has a content and is closed.
    const left = new Set(badges.flatMap((index) => [index - 1, index, index + 1]));
    state.tokens = state.tokens.filter((_, index) => !left.has(index));
  });
}
