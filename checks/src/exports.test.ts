import ts from 'typescript';
import { ENTRIES } from './entries';

const program = ts.createProgram(
  ENTRIES.map(({ types }) => types),
  { skipLibCheck: true, moduleResolution: ts.ModuleResolutionKind.Bundler, module: ts.ModuleKind.ESNext },
);
const checker = program.getTypeChecker();

// A name that goes breaks those who use it, and one that comes has to be kept: `jest exports -u` says that it is meant.
it.each(ENTRIES)(
  '$name exports these names, and its module those that are not types',
  async ({ file, types }) => {
    const source = program.getSourceFile(types);
    const symbol = source && checker.getSymbolAtLocation(source);
    const names = symbol ? checker.getExportsOfModule(symbol) : [];
    const isValue = (of: ts.Symbol) => {
      const { flags } = of.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(of) : of;
      return (flags & ts.SymbolFlags.Value) !== 0;
    };
    const values = names.filter(isValue).map(({ name }) => name);
    expect(Object.keys(require(file.replace(/\.js$/, '.cjs'))).sort()).toEqual(values.sort());
    const kinds = names.map((of) => `${isValue(of) ? '' : 'type '}${of.name}`);
    expect(kinds.sort()).toMatchSnapshot();
  },
);
