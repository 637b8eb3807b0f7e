import type { ElementType, Tensor } from './tensor.js';

/** The name of a value in the graph. */
export type ValueName = string;

export type AttributeValue =
  | number
  | string
  | { readonly integers: readonly number[] }
  | { readonly strings: readonly string[] }
  | { readonly tensor: Tensor };

export interface GraphNode {
  readonly name: string;
  readonly domain: '' | 'ai.onnx.ml';
  readonly op: string;
  readonly inputs: readonly ValueName[];
  readonly outputs: readonly ValueName[];
  readonly attributes: Readonly<Record<string, AttributeValue>>;
}

/** An input or output of a graph. A dimension given as text may have any size. */
export interface GraphValue {
  readonly name: ValueName;
  readonly type: ElementType;
  readonly dims: readonly (number | string)[];
}

/** Builds a graph. Equal nodes and equal constants are shared. */
export class Graph {
  readonly inputs: GraphValue[] = [];
  readonly outputs: GraphValue[] = [];
  readonly nodes: GraphNode[] = [];
  readonly constants: { readonly name: ValueName; readonly tensor: Tensor }[] = [];
  /** The prefix of the names of the next nodes, for readers of the graph. */
  scope = '';
  readonly #made = new Map<string, ValueName>();
  readonly #taken = new Set<ValueName>();

  input(value: GraphValue): ValueName {
    this.inputs.push(value);
    this.#taken.add(value.name);
    return value.name;
  }

  /** Makes a value an output; underscores distinguish it from an input with the same name. */
  output(of: ValueName, value: GraphValue): void {
    let name = value.name;
    while (this.#taken.has(name)) name += '_';
    this.#taken.add(name);
    this.outputs.push({ ...value, name });
    this.nodes.push({ name, domain: '', op: 'Identity', inputs: [of], outputs: [name], attributes: {} });
  }

  /** Adds an ONNX operator. @returns its output. */
  node(op: string, inputs: readonly ValueName[], attributes: GraphNode['attributes'] = {}): ValueName {
    return this.#node('', op, inputs, attributes);
  }

  /** The `k` smallest values along the last axis, in ascending and stable order, and their indices. */
  smallest(of: ValueName, k: number): readonly [values: ValueName, indices: ValueName] {
    const outputs = [this.#freeName('TopK'), this.#freeName('TopK')] as const;
    const attributes = { axis: -1, largest: 0, sorted: 1 };
    const inputs = [of, this.integers([k])];
    this.nodes.push({ name: outputs[0], domain: '', op: 'TopK', inputs, outputs, attributes });
    return outputs;
  }

  /** Adds an `ai.onnx.ml` operator. @returns its output. */
  mlNode(op: string, inputs: readonly ValueName[], attributes: GraphNode['attributes']): ValueName {
    return this.#node('ai.onnx.ml', op, inputs, attributes);
  }

  constant(tensor: Tensor): ValueName {
    return this.#once(constantKey(tensor), () => {
      const name = this.#freeName('constant');
      this.constants.push({ name, tensor });
      return name;
    });
  }

  /** A constant number of shape [1, 1]. */
  number(value: number): ValueName {
    return this.constant({ type: 'double', dims: [1, 1], values: [value] });
  }

  /** A constant text of shape [1, 1]. */
  text(value: string): ValueName {
    return this.constant({ type: 'string', dims: [1, 1], values: [value] });
  }

  /** Integers, such as axes. */
  integers(values: readonly number[]): ValueName {
    return this.constant({ type: 'int64', dims: [values.length], values });
  }

  #node(
    domain: GraphNode['domain'],
    op: string,
    inputs: readonly ValueName[],
    attributes: GraphNode['attributes'],
  ): ValueName {
    const make = () => {
      const output = this.#freeName(op);
      this.nodes.push({ name: output, domain, op, inputs, outputs: [output], attributes });
      return output;
    };
    // Tensors are large, and hardly ever equal.
    const hasTensor = Object.values(attributes).some(
      (value) => typeof value === 'object' && 'tensor' in value,
    );
    return hasTensor ? make() : this.#once(JSON.stringify([op, inputs, attributes]), make);
  }

  #once(key: string, make: () => ValueName): ValueName {
    const made = this.#made.get(key) ?? make();
    this.#made.set(key, made);
    return made;
  }

  #freeName(of: string): ValueName {
    let number = this.nodes.length + this.constants.length;
    let name: ValueName;
    do name = `${this.scope}/${of}_${number++}`;
    while (this.#taken.has(name));
    this.#taken.add(name);
    return name;
  }
}

/** A key of a tensor. JSON cannot represent NaN, infinity and negative zero. */
function constantKey({ type, dims, values }: Tensor): string {
  const texts = [...values].map((value) => (Object.is(value, -0) ? '-0' : String(value)));
  return JSON.stringify([type, dims, texts]);
}
