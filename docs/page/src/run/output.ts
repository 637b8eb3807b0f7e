import type { RunMessage } from './messages.js';

/** Where a block's output is shown, and read out as it comes. */
export interface Output {
  readonly element: HTMLElement;
  clear(): void;
  show(message: Exclude<RunMessage, { kind: 'end' }>): void;
}

/** More is not shown: a page with millions of lines would freeze. */
const MAX_CHARACTERS = 200_000;

export function createOutput(): Output {
  const element = document.createElement('div');
  element.className = 'run-output';
  element.setAttribute('role', 'log');
  element.setAttribute('aria-label', 'Output');
  let length = 0;
  const add = (text: string, className: string) => {
    const last = element.lastElementChild;
    const pre = last?.className === className ? last : document.createElement('pre');
    pre.className = className;
    pre.append(text);
    if (pre !== last) element.append(pre);
  };
  const addText = (text: string, className: string) => {
    if (length > MAX_CHARACTERS) return;
    length += text.length;
    add(text, className);
    if (length > MAX_CHARACTERS) add('… more output is not shown\n', 'run-note');
  };
  return {
    element,
    clear() {
      element.replaceChildren();
      length = 0;
    },
    show(message) {
      if (message.kind === 'text') addText(message.text, message.isError ? 'run-warning' : 'run-text');
      else if (message.kind === 'chart') element.append(pictureOf(message.svg, message.title));
      else {
        const { place, message: text } = message;
        add(place ? `line ${place.line + 1}: ${text}\n` : `${text}\n`, 'run-failure');
      }
    },
  };
}

/** As an image, in which nothing can run. */
function pictureOf(svg: string, title: string): HTMLElement {
  const image = document.createElement('img');
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  image.alt = title;
  return image;
}
