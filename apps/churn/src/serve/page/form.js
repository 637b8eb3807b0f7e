import { at, make } from './dom.js';

/** How many steps a slider has, about. */
const STEPS = 100;

/** @param {string} name */
const titled = (name) => name.replaceAll('_', ' ');

/**
 * The step of a slider: 1, 2 or 5 times a power of ten.
 * @param {Required<Pick<import('./types.js').Column, 'min' | 'max'>> & { integer?: true }} column
 */
function stepOf({ min, max, integer }) {
  const least = (max - min) / STEPS;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].map((times) => times * power).find((each) => each >= least * 0.999) ?? least;
  return integer ? Math.max(1, Math.round(step)) : step;
}

/** The fields of a row, one for each column of the model. */
export class RowForm {
  /** @type {readonly import('./types.js').Column[]} */
  #columns = [];
  /** @type {string | undefined} */
  #elapsed;
  /** @type {() => void} */
  #onChange;

  /** @param {() => void} onChange is told of each change by hand */
  constructor(onChange) {
    this.#onChange = onChange;
  }

  /** @param {Pick<import('./types.js').Model, 'columns' | 'elapsed'>} model */
  build({ columns, elapsed }) {
    this.#columns = columns;
    this.#elapsed = elapsed;
    at('fields').replaceChildren(...columns.map((column, index) => this.#field(column, index)));
  }

  /** The row as it is filled in. @returns {import('./types.js').Row} */
  read() {
    /** @type {import('./types.js').Row} */
    const row = {};
    this.#columns.forEach(({ name, kind }, index) => {
      const { value } = at(`c${index}`);
      const cell = value === '' ? null : kind === 'numeric' ? Number(value) : value;
      // A column may be called `__proto__`.
      Object.defineProperty(row, name, { value: cell, enumerable: true });
    });
    return row;
  }

  /** The average of each number, and of each category the most frequent level. @returns {import('./types.js').Row} */
  typical() {
    /** @type {import('./types.js').Row} */
    const row = {};
    for (const { name, average, integer, levels = [] } of this.#columns) {
      const number = average === undefined || integer ? average : Number(average.toPrecision(4));
      const unknown = name === this.#elapsed ? 0 : (levels[0] ?? null);
      const value = number === undefined ? unknown : integer ? Math.round(number) : number;
      Object.defineProperty(row, name, { value, enumerable: true });
    }
    return row;
  }

  /** Fills in a row. @param {import('./types.js').Row} row */
  write(row) {
    this.#columns.forEach(({ name }, index) => {
      at(`c${index}`).value = row[name] === null ? '' : String(row[name]);
      this.#moveSlider(index);
    });
  }

  /**
   * Shows which values differ from those of a row.
   * @param {import('./types.js').Row | undefined} first none to show nothing
   * @returns {string[]} the columns that differ
   */
  mark(first) {
    const row = this.read();
    return this.#columns.flatMap(({ name }, index) => {
      const isChanged = first !== undefined && row[name] !== first[name];
      at(`f${index}`).classList.toggle('changed', isChanged);
      at(`w${index}`).textContent = isChanged ? `at first ${first[name] ?? 'unknown'}` : '';
      return isChanged ? [name] : [];
    });
  }

  /** Puts the sliders where the values are, which were changed otherwise. */
  moveSliders() {
    for (const index of this.#columns.keys()) this.#moveSlider(index);
  }

  /** @param {import('./types.js').Column} column @param {number} index */
  #field(column, index) {
    const { name, kind, average, levels } = column;
    const id = `c${index}`;
    const onInput = () => {
      this.#moveSlider(index);
      this.#onChange();
    };
    const input = levels
      ? make('select', { id }, ...['', ...levels].map((value) => option(value)))
      : make('input', { id, type: kind === 'numeric' ? 'number' : 'text' });
    if (input instanceof HTMLInputElement) {
      input.step = 'any';
      input.placeholder = average === undefined ? 'unknown' : `average ${Number(average.toPrecision(4))}`;
    }
    input.setAttribute('aria-describedby', `w${index}`);
    input.addEventListener('input', onInput);
    return make(
      'div',
      { id: `f${index}`, className: 'field' },
      make('label', { htmlFor: id }, titled(name)),
      make('span', { id: `w${index}`, className: 'was' }),
      input,
      ...this.#sliders(column, index),
    );
  }

  /** The slider of a number, within the range of training. @param {import('./types.js').Column} column @param {number} index */
  #sliders({ name, average, min, max, integer }, index) {
    if (average === undefined || min === undefined || max === undefined || !(max > min)) return [];
    const step = stepOf({ min, max, integer });
    const slider = make('input', { id: `s${index}`, type: 'range', className: 'unset' });
    // Its places are multiples of the step, which the smallest and the largest value need not be.
    slider.min = String(Math.floor(min / step) * step);
    slider.max = String(Math.ceil(max / step) * step);
    slider.step = String(step);
    slider.setAttribute('value', String(average));
    slider.setAttribute('aria-label', `${titled(name)}, slider`);
    slider.addEventListener('input', () => {
      const value = Math.min(max, Math.max(min, Number(slider.value)));
      at(`c${index}`).value = String(Number(value.toPrecision(12)));
      slider.classList.remove('unset');
      this.#onChange();
    });
    return [slider];
  }

  /** @param {number} index */
  #moveSlider(index) {
    const slider = at(`s${index}`);
    if (!slider) return;
    const { value } = at(`c${index}`);
    slider.classList.toggle('unset', value === '');
    slider.value = value === '' ? slider.getAttribute('value') : value;
  }
}

/** @param {string} value */
function option(value) {
  return make('option', { value }, value === '' ? 'unknown' : value);
}
