import { exp, pow, type Random, square } from '@churn/core';
import { Choices, type Dimension, type Point } from './search-space.js';

/** How wide the kernel around a single point is, as a share of a range. */
const WIDTH = 0.2;

/**
 * The density of points over one or several spaces: the mean of a kernel around each point and of a uniform one, which leaves no place
 * out. A kernel is a product over the dimensions of its space: a normal density that is reflected at the ends of a range, and for choices
 * a share that goes to the other ones. With more points kernels get narrower, by Scott's rule.
 *
 * Source: Bergstra, Bardenet, Bengio and Kégl, "Algorithms for hyper-parameter optimization", NeurIPS 2011; kernels over all dimensions
 * at once, which keep what belongs together, as in Falkner, Klein and Hutter, "BOHB", ICML 2018.
 */
export class ParzenEstimator {
  /** How wide kernels are in each space. */
  readonly #widths: readonly number[];
  /** How many points there are in each space. */
  readonly #counts: readonly number[];

  /** @param spaces the dimensions of each space. */
  constructor(
    readonly spaces: readonly (readonly Dimension[])[],
    readonly points: readonly Point[],
  ) {
    this.#counts = spaces.map((_, s) => points.filter(({ space }) => space === s).length);
    this.#widths = spaces.map(
      ({ length }, s) => WIDTH * pow(Math.max(1, this.#counts[s]), -1 / (length + 4)),
    );
  }

  density(point: Point): number {
    const dimensions = this.spaces[point.space];
    const anywhere = dimensions.reduce(
      (product, each) => (each instanceof Choices ? product / each.values.length : product),
      1 / this.spaces.length,
    );
    const near = this.points
      .filter(({ space }) => space === point.space)
      .reduce(
        (sum, { at }) =>
          sum +
          dimensions.reduce((product, each, j) => product * this.#kernel(each, point, at[j], point.at[j]), 1),
        0,
      );
    return (anywhere + near) / (this.points.length + 1);
  }

  draw(random: Random): Point {
    const centre = this.points[random.int(this.points.length + 1)];
    if (!centre) {
      const space = random.int(this.spaces.length);
      const at = this.spaces[space].map((each) =>
        each instanceof Choices ? random.int(each.values.length) : random.uniform(),
      );
      return { space, at };
    }
    const { space } = centre;
    const at = this.spaces[space].map((each, j) => {
      if (!(each instanceof Choices)) return reflected(centre.at[j] + this.#widths[space] * random.normal());
      const { other } = this.#shares(each, space);
      return random.uniform() < other * each.values.length ? random.int(each.values.length) : centre.at[j];
    });
    return { space, at };
  }

  #kernel(dimension: Dimension, { space }: Point, centre: number, place: number): number {
    if (dimension instanceof Choices) {
      const { own, other } = this.#shares(dimension, space);
      return centre === place ? own : other;
    }
    const width = this.#widths[space];
    return [place, -place, 2 - place].reduce((sum, image) => sum + normalDensity(image - centre, width), 0);
  }

  /** What a kernel gives to its own choice, and to each of the others. */
  #shares({ values }: Choices<unknown>, space: number): { readonly own: number; readonly other: number } {
    const other = 1 / (this.#counts[space] + values.length);
    return { own: 1 - (values.length - 1) * other, other };
  }
}

function normalDensity(x: number, width: number): number {
  return exp(-square(x / width) / 2) / (width * Math.sqrt(2 * Math.PI));
}

/** Goes back into the range from 0 to 1 as far as it was out of it. */
function reflected(place: number): number {
  const folded = Math.abs(place) % 2;
  return folded > 1 ? 2 - folded : folded;
}
