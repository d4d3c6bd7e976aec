import { checkText } from './checks';
import { checkReadable } from './readable-text';
import { inWords, refuse, refuseWith, type Place } from './refuse';

/** The kernel takes no argument and no environment variable of more, its end included. */
const MOST_BYTES = 128 * 1024;

/** A word of a command line. */
export function checkArgument(
  place: Place,
  prop: string,
  text: unknown,
): asserts text is string {
  checkText(place, prop, text);
  const bytes = Buffer.byteLength(text) + 1;
  if (bytes <= MOST_BYTES) return;
  refuseWith(place, prop, {
    must: 'fit into 128 KiB each',
    got: inWords(`${bytes} bytes`),
    remedy: 'put a longer text into a ConfigMap and mount it with reads',
  });
}

/** Names of environment variables. */
export function checkEnvName(place: Place, prop: string, name: string): void {
  if (!/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(name)) {
    refuse(place, prop, 'have names that Kubernetes takes for environment variables', name);
  }
}

/** The value of an environment variable, if it is known now. */
export function checkEnvValue(
  place: Place,
  prop: string,
  name: string,
  value: unknown,
): void {
  if (typeof value !== 'string') return;
  checkReadable(place, `${prop}.${name}`, value);
  const bytes = Buffer.byteLength(name) + Buffer.byteLength(value) + 2;
  if (bytes > MOST_BYTES) {
    refuse(
      place,
      prop,
      'fit into 128 KiB, name and value together',
      inWords(`${bytes} bytes in ${name}`),
    );
  }
}
