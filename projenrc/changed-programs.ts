/**
 * Notes in .released/ which programs are no longer those of the last release: whoever upgrades sees pods with
 * them restart.
 */
import { writeFileSync } from 'fs';
import { CHANGED, changedPrograms } from '../test/programs/variants';

writeFileSync(CHANGED, `${JSON.stringify(changedPrograms(), undefined, 1)}\n`);
