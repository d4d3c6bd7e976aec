import { exists, fileFrom, pages } from './pages';

const REPOSITORY = 'https://github.com/cdk8s-init-containers/cdk8s-init-containers';
const FILE_ON_GITHUB = new RegExp(`\\]\\(${REPOSITORY}/(?:blob|tree)/[\\w.-]+/`, 'g');
/** A picture of another server, which the site does not load. */
const BADGE = /\[?!\[[^\]]*\]\(https?:[^)]*\)(?:\]\([^)]*\))?\n?/g;
const LINK = /\]\((?!https?:|#|\/)([^)\s#]+)(#[^)\s]*)?\)/g;

/** Links of a file of the repository as links of the site; what is no page is on GitHub, and badges are left out. */
export function siteLinks(text: string, source: string): string {
  return text
    .replace(BADGE, '')
    .replace(FILE_ON_GITHUB, `](${fileFromRoot(source)}`)
    .replace(LINK, (_, link: string, anchor = '') => `](${placeOf(fileFrom(source, link))}${anchor})`);
}

/** How a file leads to the root of the repository. */
function fileFromRoot(source: string): string {
  return '../'.repeat(source.split('/').length - 1);
}

function placeOf(file: string): string {
  const page = pages.get(file);
  if (page !== undefined) return `/${page}`;
  const [, example] = /^examples\/([\w-]+)\.ts$/.exec(file) ?? [];
  if (example !== undefined && exists(`test/golden/${example}.k8s.yaml`)) return `/examples/${example}.md`;
  const [, picture] = /^docs\/(pictures\/.*)$/.exec(file) ?? [];
  if (picture !== undefined) return `/${picture}`;
  if (!exists(file)) throw new Error(`There is no ${file}`);
  return `${REPOSITORY}/blob/main/${file}`;
}
