import { useData, useRoute } from 'vitepress';
import { nextTick, onMounted, watch } from 'vue';

/** Pictures follow the switch between light and dark colours, rather than the system alone. To be called in the setup of the theme. */
export function useDarkPictures(): void {
  const { isDark } = useData();
  const route = useRoute();
  const apply = () => {
    for (const source of document.querySelectorAll<HTMLSourceElement>('picture source[srcset*="-dark"]'))
      source.media = isDark.value ? 'all' : 'not all';
  };
  onMounted(apply);
  watch([isDark, () => route.path], () => nextTick(apply));
}
