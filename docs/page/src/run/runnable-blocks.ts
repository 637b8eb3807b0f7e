import { button } from './button.js';
import type { Editor } from './editor.js';
import { createOutput, type Output } from './output.js';
import { type Run, runBlocks } from './run-blocks.js';

/** A code block of the page that can be run and edited. */
interface Block {
  readonly output: Output;
  text(): string;
  setRunning(isRunning: boolean): void;
}

/** The marked code blocks that have their buttons already. */
const known = new WeakSet<Element>();

/**
 * Gives each code block marked as runnable its buttons. Blocks of a page are parts of one program: running one runs those before it too, and
 * shows what it prints.
 *
 * @param page where the blocks are.
 */
export function enableBlocks(page: ParentNode): void {
  const elements = Array.from(page.querySelectorAll('.runnable'));
  if (elements.every((element) => known.has(element))) return;
  let current: Run | undefined;
  const blocks: Block[] = elements.map((element, i) => {
    known.add(element);
    return createBlock(element, i, { run: () => void run(i), stop: () => current?.stop() });
  });

  async function run(last: number): Promise<void> {
    current?.stop();
    await current?.ended;
    const part = blocks.slice(0, last + 1);
    const { output, setRunning } = part[last];
    output.clear();
    setRunning(true);
    const texts = part.map((block) => block.text());
    const started = runBlocks(texts, {
      onMessage(message) {
        const at = message.kind === 'failure' ? (message.place?.block ?? last) : message.block;
        if (at === last) output.show(message);
        else if (message.kind === 'failure')
          output.show({ ...message, message: `${message.message} (in an earlier block of this page)` });
      },
    });
    current = started;
    await started.ended;
    setRunning(false);
    if (output.element.childElementCount === 0)
      output.show({ kind: 'text', block: last, text: 'No output.\n' });
  }
}

interface Actions {
  run(): void;
  stop(): void;
}

function createBlock(element: Element, index: number, { run, stop }: Actions): Block {
  const original = `${element.querySelector('pre code')?.textContent ?? ''}\n`;
  const shown = element.firstElementChild as HTMLElement;
  const output = createOutput();
  const bar = document.createElement('div');
  bar.className = 'run-bar';
  bar.setAttribute('role', 'group');
  bar.setAttribute('aria-label', `Code block ${index + 1}`);
  let editor: Editor | undefined;
  let host: HTMLElement | undefined;

  const runButton = button('Run', run);
  const stopButton = button('Stop', stop);
  const editButton = button('Edit', () => void edit());
  const resetButton = button('Reset', reset);
  stopButton.hidden = true;
  resetButton.hidden = true;
  bar.append(runButton, stopButton, editButton, resetButton);
  element.append(bar, output.element);

  async function edit(): Promise<void> {
    editButton.disabled = true;
    const { createEditor } = await import('./editor.js');
    host = document.createElement('div');
    host.className = 'run-editor';
    shown.hidden = true;
    shown.after(host);
    editor = createEditor(host, original, `Code block ${index + 1}: TypeScript`, run);
    editButton.hidden = true;
    resetButton.hidden = false;
    editor.focus();
  }

  function reset(): void {
    host?.remove();
    editor = undefined;
    shown.hidden = false;
    output.clear();
    resetButton.hidden = true;
    editButton.hidden = false;
    editButton.disabled = false;
    editButton.focus();
  }

  return {
    output,
    text: () => editor?.text() ?? original,
    setRunning(isRunning) {
      output.element.setAttribute('aria-busy', String(isRunning));
      runButton.hidden = isRunning;
      stopButton.hidden = !isRunning;
      // The button that was pressed is gone, and the keyboard stays where it was.
      if (document.activeElement === document.body || document.activeElement === null)
        (isRunning ? stopButton : runButton).focus();
    },
  };
}
