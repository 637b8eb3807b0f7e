import { button } from '../run/button.js';
import { startWorker } from '../run/start-worker.js';
import type {
  PredictedKind,
  ReadMessage,
  TrainedMessage,
  TrainingMessage,
  TrainingRequest,
} from './messages.js';
import type { Progress } from './page-logger.js';
import { field, framed, savedFile, selectOf } from './parts.js';

/** Larger files do not fit into the memory of a page. */
const MAX_BYTES = 200e6;

/** Makes the playground in an element: a CSV file, its profile, a training, its report and its model, all in the page. */
export function createPlayground(root: HTMLElement): void {
  const status = document.createElement('p');
  status.setAttribute('role', 'status');
  const alert = document.createElement('p');
  alert.setAttribute('role', 'alert');
  alert.className = 'playground-error';
  const [source, choices, result] = [section('1. Data'), section('2. Target'), section('3. Model')];
  choices.hidden = true;
  result.hidden = true;
  root.replaceChildren(source, choices, result);
  let worker: Worker | undefined;
  let file: File | undefined;
  /** Whether the profile of the file is shown already. */
  let isKnown = false;

  source.append(dropZone(), alert, status);

  function dropZone(): HTMLElement {
    const zone = document.createElement('div');
    zone.className = 'playground-drop';
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = '.csv,text/csv';
    input.id = 'playground-file';
    input.addEventListener('change', () => {
      const [chosen] = input.files ?? [];
      if (chosen) void open(chosen);
    });
    zone.addEventListener('dragover', (event) => {
      event.preventDefault();
      zone.classList.add('is-over');
    });
    zone.addEventListener('dragleave', () => zone.classList.remove('is-over'));
    zone.addEventListener('drop', (event) => {
      event.preventDefault();
      zone.classList.remove('is-over');
      const dropped = event.dataTransfer?.files[0];
      if (dropped) void open(dropped);
    });
    const sample = button('Use sample customers', () => void openSample());
    zone.append(field('Choose a CSV file, or drop one here', input), sample);
    return zone;
  }

  async function openSample(): Promise<void> {
    status.textContent = 'Generating customers …';
    const { sampleFile } = await import('./sample-file.js');
    await open(sampleFile());
  }

  async function open(chosen: File): Promise<void> {
    alert.textContent = '';
    choices.hidden = true;
    result.hidden = true;
    const { name, size } = chosen;
    if (size > MAX_BYTES) return fail(`${name}: expected at most 200 MB, got ${Math.ceil(size / 1e6)} MB`);
    file = chosen;
    isKnown = false;
    startAgain();
    status.textContent = `Reading ${name} …`;
    await read(chosen);
  }

  async function read(chosen: File): Promise<void> {
    const bytes = await chosen.arrayBuffer();
    ask({ kind: 'read', name: chosen.name, bytes }, [bytes]);
  }

  /** Ends what is under way. */
  function startAgain(): void {
    worker?.terminate();
    worker = startWorker(new URL('./training-worker.js', import.meta.url));
    worker.addEventListener('message', ({ data }: MessageEvent<TrainingMessage>) => receive(data));
    worker.addEventListener('error', ({ message }) =>
      fail(message || 'The packages could not be loaded; check the connection.'),
    );
  }

  function ask(request: TrainingRequest, transfer: Transferable[] = []): void {
    worker?.postMessage(request, transfer);
  }

  function fail(message: string): void {
    status.textContent = '';
    alert.textContent = message;
    running(false);
  }

  function receive(message: TrainingMessage): void {
    if (message.kind === 'read') {
      if (!isKnown) showProfile(message);
    } else if (message.kind === 'trained') showReport(message);
    else if (message.kind === 'progress') showProgress(message.progress);
    else if (message.kind === 'stage') stage.textContent = message.text;
    else fail(message.message);
  }

  const bar = document.createElement('progress');
  bar.setAttribute('aria-label', 'Training');
  const stage = document.createElement('p');
  stage.setAttribute('role', 'status');
  let trainButton: HTMLButtonElement | undefined;
  const cancelButton = button('Cancel', () => void cancel());

  function showProfile({ rows, columns, page, targets, guess }: ReadMessage): void {
    const name = file?.name ?? '';
    status.textContent = `${name}: ${counted(rows, 'row')}, ${counted(columns, 'column')}. Nothing was uploaded.`;
    const target = selectOf(
      targets.map((each) => ({ value: each.name, text: each.name })),
      guess,
    );
    const predicted = document.createElement('select');
    const setKinds = () => {
      const kinds = targets.find((each) => each.name === target.value)?.kinds ?? [];
      predicted.replaceChildren(...kinds.map((kind) => new Option(KIND_TEXTS[kind], kind)));
    };
    target.addEventListener('change', setKinds);
    setKinds();
    const preset = selectOf(
      [
        { value: 'fast', text: 'Fast: at most a minute' },
        { value: 'good', text: 'Thorough: at most five minutes' },
      ],
      'fast',
    );
    trainButton = button('Train', () => {
      running(true);
      ask({
        kind: 'train',
        target: target.value,
        predicted: predicted.value as PredictedKind,
        preset: preset.value as 'fast' | 'good',
      });
    });
    trainButton.className = 'playground-main';
    cancelButton.hidden = true;
    bar.hidden = true;
    const row = document.createElement('div');
    row.className = 'playground-row';
    row.append(field('Target', target), field('Predict', predicted), field('Search', preset));
    const actions = document.createElement('div');
    actions.className = 'playground-row';
    actions.append(trainButton, cancelButton);
    const details = document.createElement('details');
    details.open = true;
    const summary = document.createElement('summary');
    summary.textContent = `Profile of ${name}`;
    details.append(summary, framed(`Profile of ${name}`, page));
    content(choices, targets.length > 0 ? [row, actions, bar, stage, details] : [noTarget(), details]);
    choices.hidden = false;
    choices.querySelector('h2')?.focus();
  }

  function running(isRunning: boolean): void {
    if (trainButton) trainButton.hidden = isRunning;
    cancelButton.hidden = !isRunning;
    bar.hidden = !isRunning;
    stage.textContent = isRunning ? 'Preparing …' : '';
    if (!isRunning) return;
    bar.removeAttribute('value');
    alert.textContent = '';
    result.hidden = true;
    cancelButton.focus();
  }

  async function cancel(): Promise<void> {
    startAgain();
    running(false);
    stage.textContent = 'Training canceled.';
    trainButton?.focus();
    // The worker that knew the file is gone.
    isKnown = true;
    if (file) await read(file);
  }

  function showProgress({ fits, totalFits, best }: Progress): void {
    bar.max = totalFits;
    bar.value = fits;
    const text = best ? `; best so far: ${best.model}, ${best.score.toFixed(4)}` : '';
    stage.textContent = `${fits} of ${totalFits} fits${text}`;
  }

  function showReport({ page, best, model, seconds }: TrainedMessage): void {
    running(false);
    trainButton?.focus();
    const text = document.createElement('p');
    text.textContent = `Best model: ${best}, trained in ${Math.ceil(seconds)} s, in this page.`;
    const actions = document.createElement('div');
    actions.className = 'playground-row';
    actions.append(
      savedFile('Download the model', `${best}.model.json`, model, 'application/json'),
      savedFile('Download the report', 'report.html', page, 'text/html'),
    );
    const next = document.createElement('p');
    next.append('Score other rows with it: ');
    const command = document.createElement('code');
    command.textContent = `churn predict --model ${best}.model.json --input rows.csv --output scored.csv`;
    next.append(command);
    content(result, [text, actions, next, framed('Training report', page)]);
    result.hidden = false;
    result.querySelector('h2')?.focus();
  }
}

const KIND_TEXTS: Readonly<Record<PredictedKind, string>> = {
  classes: 'classes (classification)',
  value: 'a number (regression)',
};

/** A number of things. */
const counted = (count: number, what: string) =>
  `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;

function section(title: string): HTMLElement {
  const element = document.createElement('section');
  const heading = document.createElement('h2');
  heading.textContent = title;
  heading.tabIndex = -1;
  element.append(heading);
  return element;
}

function content(element: HTMLElement, parts: readonly Node[]): void {
  element.replaceChildren(element.firstElementChild as Element, ...parts);
}

function noTarget(): HTMLElement {
  const text = document.createElement('p');
  text.textContent = 'No column can be predicted: each is an ID, has one value, or has too many categories.';
  return text;
}
