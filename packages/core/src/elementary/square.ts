/** `x²`. The operator `**` with a 2 is not the product on every engine. */
export function square(x: number): number {
  return x * x;
}
