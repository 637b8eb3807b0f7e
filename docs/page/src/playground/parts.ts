/** A labelled control. */
export function field(label: string, control: HTMLElement): HTMLElement {
  const element = document.createElement('label');
  const text = document.createElement('span');
  text.textContent = label;
  element.append(text, control);
  return element;
}

export function selectOf(
  options: readonly { readonly value: string; readonly text: string }[],
  chosen?: string,
): HTMLSelectElement {
  const select = document.createElement('select');
  for (const { value, text } of options) select.append(new Option(text, value, false, value === chosen));
  return select;
}

/** A page of ours in a frame that can reach neither this page nor its storage; its links save files, as in the page by itself. */
export function framed(title: string, page: string): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  frame.title = title;
  frame.setAttribute('sandbox', 'allow-scripts allow-downloads');
  frame.srcdoc = page;
  return frame;
}

/** A link that saves a text as a file. */
export function savedFile(label: string, name: string, text: string, type: string): HTMLAnchorElement {
  const link = document.createElement('a');
  link.className = 'playground-link';
  link.textContent = label;
  link.download = name;
  link.href = URL.createObjectURL(new Blob([text], { type }));
  return link;
}
