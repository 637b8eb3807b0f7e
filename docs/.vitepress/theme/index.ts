import type { Theme } from 'vitepress';
import DefaultTheme from 'vitepress/theme';
import { usePageModules } from './page-modules.js';
import './style.css';

export default { extends: DefaultTheme, setup: usePageModules } satisfies Theme;
