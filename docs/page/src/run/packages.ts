/** The packages that code in a page can import, each loaded when it is. */
const PACKAGES: Readonly<Record<string, () => Promise<object>>> = {
  '@churn/core': () => import('@churn/core'),
  '@churn/transforms': () => import('@churn/transforms'),
  '@churn/models': () => import('@churn/models'),
  '@churn/selection': () => import('@churn/selection'),
  '@churn/survival': () => import('@churn/survival'),
  '@churn/explain': () => import('@churn/explain'),
  '@churn/uplift': () => import('@churn/uplift'),
  '@churn/eda': () => import('@churn/eda'),
  '@churn/eda/render': () => import('@churn/eda/render'),
  '@churn/io': () => import('@churn/io'),
  '@churn/monitor': () => import('@churn/monitor'),
  '@churn/exchange': () => import('@churn/exchange'),
};

/** Whether code in a page can import a package. */
export function isInPage(name: string): boolean {
  return Object.hasOwn(PACKAGES, name);
}

/**
 * Loads what code imports of a package.
 *
 * @param names what it imports by name.
 * @throws an `Error` that names the package or the function, where a page does not have it.
 */
export async function load(name: string, names: readonly string[] = []): Promise<object> {
  if (!isInPage(name)) {
    throw new Error(`cannot import '${name}' in a page, only ${Object.keys(PACKAGES).join(', ')}`);
  }
  const loaded = await PACKAGES[name]();
  const missing = names.find((each) => !(each in loaded));
  if (missing === undefined) return loaded;
  throw new Error(`'${name}' has no ${missing} in a page: it does not exist, or needs Node`);
}
