/** The sections of the site, and the pages in each; those that are not there are left out. */
export interface Section {
  readonly title: string;
  /** Pages without `.md`; one that ends in `*` is all pages that begin so. */
  readonly pages: readonly string[];
  readonly collapsed?: boolean;
}

export const SECTIONS: readonly Section[] = [
  { title: 'Start', pages: ['start', 'overview', 'languages', 'why-and-why-not', 'playground'] },
  { title: 'Cookbook by task', pages: ['cookbook/index', 'cookbook/*'] },
  {
    title: 'Steps',
    pages: [
      'wait-for-service', 'wait-for-condition', 'download-config', 'download-archive', 'clone-repository',
      'generate-config', 'generate-env', 'copy-files', 'copy-from-image', 'prepare-volume', 'trust-certificates',
      'init-step', 'sidecar',
    ].map(step => `steps/${step}`),
  },
  { title: 'Workloads, clusters, meshes', pages: ['workloads', 'clusters', 'protocols', 'startup-graph', 'ci'] },
  { title: 'Command line', pages: ['check', 'graph', 'why'] },
  {
    title: 'Operating',
    pages: ['debugging', 'upgrades', 'versions', 'security', 'changelog', 'benchmarks'],
  },
  { title: 'Examples', pages: ['examples/index', 'examples/*'], collapsed: true },
  { title: 'Reference', pages: ['reference/index', 'reference/*'], collapsed: true },
  { title: 'The project', pages: ['contributing', 'code-of-conduct', '*'], collapsed: true },
];

/** Titles that are too long, or too much of a sentence, for a list of pages. */
export const SHORT: Readonly<Record<string, string>> = {
  'overview': 'Overview',
  'start': 'The first five minutes',
  'cookbook/index': 'All tasks',
  'examples/index': 'Scenarios',
  'reference/index': 'All classes',
  'debugging': 'On call: a pod stays in Init',
  'startup-graph': 'The start-up graph',
  'check': 'check',
  'graph': 'graph',
  'why': 'why',
  'security': 'Security model',
  'versions': 'Versions, CVEs and digests',
};

/** The pages of each section, in order; every page is in one of them, and in the first that names it. */
export function sectionsOf(pages: readonly string[]): Section[] {
  const taken = new Set(['index']);
  return SECTIONS.map(section => ({
    ...section,
    pages: section.pages.flatMap(name => pagesNamed(name, pages)).filter(page => {
      const free = !taken.has(page);
      taken.add(page);
      return free;
    }),
  }));
}

function pagesNamed(name: string, pages: readonly string[]): string[] {
  if (!name.endsWith('*')) return pages.includes(name) ? [name] : [];
  return pages.filter(page => page.startsWith(name.slice(0, -1))).sort();
}
