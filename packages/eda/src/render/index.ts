export { chartTitle } from '../charts/chart-title.js';
export type { Svg } from '../svg/svg.js';
export { type PngOptions, renderPng, renderSvg, svgToPng, svgToPngAsync } from './render.js';
