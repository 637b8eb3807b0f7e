import { useRoute, withBase } from 'vitepress';
import { nextTick, onMounted, watch } from 'vue';
import '../../page/src/playground/playground.css';
import '../../page/src/run/run.css';

/** What `@churn/page` bundles. */
interface PageModules {
  enableBlocks(page: ParentNode): void;
  createPlayground(root: HTMLElement): void;
}

/** Makes code blocks of each page runnable, and the playground where it is. To be called in the setup of the theme. */
export function usePageModules(): void {
  const route = useRoute();
  onMounted(enable);
  watch(
    () => route.path,
    () => nextTick(enable),
  );
}

async function enable(): Promise<void> {
  if (document.querySelector('.runnable')) (await load('blocks')).enableBlocks(document);
  const playground = document.querySelector<HTMLElement>('#playground');
  if (playground?.childElementCount === 0) (await load('playground')).createPlayground(playground);
}

/** They are files of the site, and no part of the bundle of the theme. */
function load(name: string): Promise<PageModules> {
  return import(/* @vite-ignore */ withBase(`/page/${name}.js`));
}
