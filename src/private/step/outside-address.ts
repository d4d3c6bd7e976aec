import type * as kplus from 'cdk8s-plus-28';
import type { Target } from './target';
import { checkAnyUrl } from '../values/any-url';
import { checkHost, isPortText } from '../values/checks';
import { isGiven, requireKind } from '../values/kind';
import { ENV_VALUE, SECRET_VALUE } from '../values/kinds';
import { inWords, refuse, refuseWith, type Place } from '../values/refuse';

/** The text of a variable, where it is known at synth. */
export function knownText({ value }: kplus.EnvValue): string | undefined {
  return typeof value === 'string' && !value.includes('${Token[') ? value : undefined;
}

/** A host and a port of which the pod must be told at least one. */
export function outsideHost(
  place: Place,
  { host, port }: { readonly host: kplus.EnvValue; readonly port: kplus.EnvValue },
  scheme = 'tcp',
): Target {
  const [hostFrom, portFrom] = [originOf(place, 'host', host), originOf(place, 'port', port)];
  const name = knownText(host);
  const number = knownText(port);
  if (name !== undefined) checkHost(place, 'host', name, { remedy: 'give the port as the second argument' });
  if (number !== undefined && !isPortText(number)) refuse(place, 'port', 'be between 1 and 65535', number);
  const address = `${scheme}://${name === undefined ? `{${hostFrom}}` : inBrackets(name)}:${number ?? `{${portFrom}}`}`;
  return {
    host: hostFrom,
    portFrom,
    hasOneAddress: /^status\.(host|pod)IP$/.test(host.valueFrom?.fieldRef?.fieldPath),
    answeredByOthers: true,
    address: () => address,
  };
}

/** Of a URL that stands in the YAML, nothing is said from its `?` on, as of any other. */
export function outsideUrl(place: Place, url: kplus.EnvValue): Target {
  const host = originOf(place, 'url', url).replace(/\?.*/, '');
  const text = knownText(url);
  if (text !== undefined) checkAnyUrl(place, 'url', text);
  return { host, portFrom: 'URL', answeredByOthers: true, address: () => host };
}

/** A host as an address has it, an address of IPv6 in brackets. */
export function inBrackets(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

/** Where a value comes from, or itself where it is known at synth. */
function originOf(place: Place, prop: string, value: kplus.EnvValue): string {
  requireKind(place, prop, prop === 'url' ? SECRET_VALUE : ENV_VALUE, value);
  const { configMapKeyRef, secretKeyRef, fieldRef } = value.valueFrom ?? {};
  if (configMapKeyRef) return `key ${configMapKeyRef.key} of ConfigMap ${configMapKeyRef.name}`;
  if (secretKeyRef) return `key ${secretKeyRef.key} of Secret ${secretKeyRef.name}`;
  if (fieldRef) return `field ${fieldRef.fieldPath} of the pod`;
  if (isGiven(value.value)) return knownText(value) ?? 'a value that is known later';
  return refuseWith(place, prop, {
    must: 'come from a Secret, a ConfigMap or a field of the pod',
    got: inWords('what is none of them'),
    remedy: 'write EnvValue.fromSecretValue({ secret, key })',
  });
}
