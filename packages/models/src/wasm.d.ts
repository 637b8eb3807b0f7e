/** A module compiled from the AssemblyScript file of the same name in wasm/: base64, or a `WebAssembly.Module` if a bundler compiled it. */
declare module '*.wasm' {
  const source: string | object;
  export default source;
}
