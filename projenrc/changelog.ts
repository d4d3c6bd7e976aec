/**
 * The newest version in CHANGELOG.md, which is the one that a release makes, and what it says of it.
 *
 * usage: tsx projenrc/changelog.ts version|notes
 */
import { readFileSync } from 'fs';

export interface Release {
  readonly version: string;
  readonly notes: string;
}

/** The releases that a changelog tells of, the newest first. */
export function releasesIn(changelog: string): Release[] {
  return changelog.split(/^## /m).slice(1).map(section => {
    const [version, ...lines] = section.split('\n');
    return { version: version.trim(), notes: lines.join('\n').trim() };
  });
}

if (require.main === module) {
  const [newest] = releasesIn(readFileSync('CHANGELOG.md', 'utf8'));
  console.log(process.argv[2] === 'notes' ? newest.notes : newest.version);
}
