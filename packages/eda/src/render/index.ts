export { type PngOptions, renderPng, renderSvg, svgToPng } from './render.js';
