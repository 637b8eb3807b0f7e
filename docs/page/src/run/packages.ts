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

/** @throws an `Error` that names the package, where it is none of those. */
export function load(name: string): Promise<object> {
  const loadPackage = PACKAGES[name];
  if (loadPackage) return loadPackage();
  const known = Object.keys(PACKAGES).join(', ');
  return Promise.reject(new Error(`cannot import '${name}' in a page, only ${known}`));
}
