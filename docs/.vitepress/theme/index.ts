import type { Theme } from 'vitepress';
// A font of its own would delay the first text on slow connections.
import DefaultTheme from 'vitepress/theme-without-fonts';
import { usePageModules } from './page-modules.js';
import './style.css';

export default { extends: DefaultTheme, setup: usePageModules } satisfies Theme;
