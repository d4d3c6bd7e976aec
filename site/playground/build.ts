/** Bundles the playground for the site, or into the folder that is named. */
import { writePlayground } from './write';

void writePlayground(process.argv[2] ?? 'site/public/playground');
