import { onContentUpdated } from 'vitepress';
import { onMounted, onUnmounted } from 'vue';

const KEY = 'language';
const TABS = '.languages > input';

/** Shows the reader's language in all tabs that have it. */
function choose(language: string | null): void {
  for (const tab of document.querySelectorAll<HTMLInputElement>(TABS)) {
    if (tab.value === language) tab.checked = true;
  }
}

function chosen({ target }: Event): void {
  if (!(target instanceof HTMLInputElement) || !target.matches(TABS)) return;
  const before = target.getBoundingClientRect().top;
  localStorage.setItem(KEY, target.value);
  choose(target.value);
  // Tabs above have changed their height: what was clicked stays where it is.
  window.scrollBy(0, target.getBoundingClientRect().top - before);
}

/** The language that was chosen once is shown on every page; without JavaScript each tab is for itself. */
export function keepLanguage(): void {
  onContentUpdated(() => choose(localStorage.getItem(KEY)));
  onMounted(() => {
    choose(localStorage.getItem(KEY));
    document.addEventListener('change', chosen);
  });
  onUnmounted(() => document.removeEventListener('change', chosen));
}
