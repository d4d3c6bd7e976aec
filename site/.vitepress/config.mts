import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type MarkdownRenderer } from 'vitepress';
import { SHORT, sectionsOf } from './navigation';

type RenderRule = NonNullable<MarkdownRenderer['renderer']['rules']['text']>;

const PAGES = fileURLToPath(new URL('../.pages', import.meta.url));
const REPOSITORY = 'https://github.com/cdk8s-init-containers/cdk8s-init-containers';
const base = process.env.SITE_BASE ?? '/';
const titles: Record<string, string> = JSON.parse(readFileSync(join(PAGES, 'titles.json'), 'utf8'));
const playground = existsSync(join(PAGES, 'public/playground/index.html'));

const names = Object.keys(titles).map(page => page.replace(/\.md$/, ''));
const sections = sectionsOf(names);
const linkOf = (page: string) => `/${page.replace(/(^|\/)index$/, '$1')}`;
const nameOf = (page: string) => SHORT[page] ?? titles[`${page}.md`].replace(/^[a-z]+ /, capitalized);
const capitalized = (word: string) => word[0].toUpperCase() + word.slice(1);
const first = (title: string) => linkOf(sections.find(section => section.title === title)!.pages[0]);

/** As GitHub makes them, so that one anchor leads to the same place here and there. */
function slugify(heading: string): string {
  return heading.trim().toLowerCase().replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, '').replaceAll(' ', '-');
}

/** Vue would take braces of Helm's templates for its own. */
function withoutInterpolation(rule: RenderRule): RenderRule {
  return (...given) => rule(...given).replaceAll('{{', '&#123;&#123;');
}

/** What search reads of a page: not the YAML, in which all words of Kubernetes stand. */
function searched(markdown: string): string {
  return markdown.replace(/^<details class="made">[^]*?^<\/details>/gm, '').replace(/^<div class="beside">[^]*/m, '');
}

/** It is no page of this generator, so the browser is to load it. */
const play = playground ? [{ text: 'Playground', link: '/playground/index.html', target: '_self' }] : [];

export default defineConfig({
  srcDir: '.pages',
  outDir: 'dist',
  cacheDir: '.cache',
  base,
  lang: 'en',
  title: 'cdk8s-init-containers',
  head: [['link', { rel: 'icon', href: `${base}pictures/icon.svg` }]],
  description: 'Init containers for cdk8s: bounded in time, safe to run again, and able to say why they failed.',
  lastUpdated: false,
  metaChunk: true,
  markdown: {
    anchor: { slugify },
    theme: { light: 'github-light', dark: 'github-dark' },
    config: ({ renderer: { rules } }) => {
      for (const name of ['text', 'code_inline'] as const) rules[name] = withoutInterpolation(rules[name]!);
    },
  },
  vite: { build: { assetsInlineLimit: 0, chunkSizeWarningLimit: 4000 } },
  themeConfig: {
    nav: [
      { text: 'Start', link: first('Start') },
      { text: 'Cookbook', link: '/cookbook/' },
      { text: 'Steps', link: first('Steps') },
      { text: 'On call', link: '/debugging' },
      { text: 'Reference', link: '/reference/' },
      ...play,
    ],
    sidebar: sections.map(({ title, pages, collapsed }) => ({
      text: title,
      collapsed: collapsed ?? false,
      items: [
        ...pages.map(page => ({ text: nameOf(page), link: linkOf(page) })),
        ...(title === 'Start' ? play : []),
      ],
    })),
    outline: [2, 3],
    externalLinkIcon: false,
    search: {
      provider: 'local',
      options: {
        _render: (text, env, md) => md.render(searched(text), env),
        // A heading that says it wins over a long page that has all the words somewhere.
        miniSearch: { searchOptions: { combineWith: 'AND', boost: { title: 12, text: 1, titles: 2 } } },
      },
    },
    socialLinks: [{ icon: 'github', link: REPOSITORY }],
    footer: { message: 'Apache-2.0. This site asks nothing of any other server.' },
  },
});
