/**
 * An element of the page, which has to be there.
 * @param {string} id
 * @returns {any} of the kind that its tag says
 */
export const at = (id) => document.getElementById(id);

/** @param {string} id @param {boolean} isShown */
export function show(id, isShown) {
  at(id).hidden = !isShown;
}

/** @param {string} id @param {string} value */
export function text(id, value) {
  at(id).textContent = value;
}

/**
 * An element; what it holds of the model or of rows is text and never markup.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Partial<HTMLElementTagNameMap[T]>} properties
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** How long a screen reader is left alone while values go on changing. */
const QUIET_MS = 1000;
let timer = 0;

/** Has a screen reader say something once nothing else has come for a while. @param {string} sentence */
export function say(sentence) {
  clearTimeout(timer);
  timer = setTimeout(() => text('said', sentence), QUIET_MS);
}
