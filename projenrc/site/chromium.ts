import { find } from '../../test/lab/images';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** The browser of the system. */
export function chromium(): string {
  const found = NAMES.map(find).find(each => each !== undefined);
  if (found === undefined) throw new Error(`The site is drawn and tested in ${NAMES.join(' or ')}: install one`);
  return found;
}
