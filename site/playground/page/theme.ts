/** Takes the light or dark colours that the reader chose on the site, before anything is drawn. */
const dark = matchMedia('(prefers-color-scheme: dark)');

function paint(): void {
  const chosen = localStorage.getItem('vitepress-theme-appearance') ?? 'auto';
  document.documentElement.classList.toggle('dark', chosen === 'auto' ? dark.matches : chosen === 'dark');
}

dark.addEventListener('change', paint);
paint();
