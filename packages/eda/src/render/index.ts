export type { Svg } from '../svg/svg.js';
export { type PngOptions, renderPng, renderSvg, svgToPng, svgToPngAsync } from './render.js';
