import { isReference, tagOf } from './images';
import { eachContainer, type Rule } from './rule';

/** An image that is another one tomorrow. */
export const imageWithoutVersion: Rule = {
  name: 'image-without-version',
  severity: 'warning',
  reason:
    'A tag that moves brings another program one day, on one node and not on the other: '
    + 'busybox 1.38 became latest, and shells that trap a signal spin in it for ever.',
  fires: `
- name: wait-for-db
  image: busybox
  command: [sh, -c, 'exec /wait']
`,
  silent: `
- name: wait-for-db
  image: busybox:1.37.0-glibc
  command: [sh, -c, 'exec /wait']
`,
  find: eachContainer(({ image }) =>
    image === undefined || !isReference(image) || tagOf(image) !== 'latest'
      ? []
      : [{
        at: '/image',
        message: `runs ${image}, which is another image whenever somebody pushes one`,
        remedy: 'pin a tag and its digest, as the images of our steps are',
      }]),
};
