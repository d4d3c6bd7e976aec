import { readFileSync } from 'fs';
import { CHANGED, changedPrograms } from './variants';

test('the programs that an upgrade changes are those that are noted; npm run golden notes them', () => {
  expect(changedPrograms()).toEqual(JSON.parse(readFileSync(CHANGED, 'utf8')));
});
