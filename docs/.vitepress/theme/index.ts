import type { Theme } from 'vitepress';
// A font of its own would delay the first text on slow connections.
import DefaultTheme from 'vitepress/theme-without-fonts';
import { useDarkPictures } from './dark-pictures.js';
import { usePageModules } from './page-modules.js';
import './style.css';

function setup(): void {
  usePageModules();
  useDarkPictures();
}

export default { extends: DefaultTheme, setup } satisfies Theme;
