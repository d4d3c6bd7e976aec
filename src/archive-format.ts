/** What an archive is. */
export enum ArchiveFormat {
  /** Not compressed. */
  TAR = 'tar',
  /** Also `.tgz`. */
  TAR_GZ = 'tar.gz',
  /** Also `.jar`, `.war`, `.whl`. Links in it are unpacked only if they are not compressed. */
  ZIP = 'zip',
}

const ENDS: readonly (readonly [end: RegExp, format: ArchiveFormat])[] = [
  [/\.tar$/i, ArchiveFormat.TAR],
  [/\.(tar\.gz|tgz)$/i, ArchiveFormat.TAR_GZ],
  [/\.(zip|jar|war|whl)$/i, ArchiveFormat.ZIP],
];

/** What the end of a URL's path says an archive is. */
export function formatOf(url: string): ArchiveFormat | undefined {
  const path = url.replace(/[?#].*/, '');
  return ENDS.find(([end]) => end.test(path))?.[1];
}
