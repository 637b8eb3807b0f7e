/** A module compiled from the AssemblyScript of the same name in wasm/: as base64, or a `WebAssembly.Module` where bundlers make one. */
declare module '*.wasm' {
  const source: string | object;
  export default source;
}
