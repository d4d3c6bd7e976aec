/** The examples of the repository, which build.ts puts into the bundles. */
declare module 'examples:programs' {
  export const PROGRAMS: { readonly [name: string]: string };
}

declare module 'examples:files' {
  export const FILES: { readonly [path: string]: string };
}

declare module 'examples:manifests' {
  export const MANIFESTS: { readonly [name: string]: string };
}
