/** Where this library is documented: programs in a cluster and findings lead there, whatever the language. */
export const REPOSITORY = 'https://github.com/cdk8s-init-containers/cdk8s-init-containers';

/** The address of a page below docs/, or of a section of one. */
export function pageOf(section: string): string {
  return `${REPOSITORY}/blob/main/docs/${section}`;
}
