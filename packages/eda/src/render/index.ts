export { type PngOptions, renderPng, renderSvg, svgToPng, svgToPngAsync } from './render.js';
