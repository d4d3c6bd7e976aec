import { serviceNamed } from './services';
import type { Container, Manifests, Pod } from '../manifests/pods';
import type { Asked } from '../shell/waits';

/** `new WaitForService(web, 'wait-for-db', …)` for what a container asks. */
export function waitInstead(
  container: Container,
  asked: Asked,
  manifests: Manifests,
): string {
  return (
    `new WaitForService(${scopeOf(container.pod)}, '${container.name}', `
    + `{ endpoints: [${endpointOf(container.pod, asked, manifests)}] });`
  );
}

function endpointOf(
  pod: Pod,
  { kind, host, port, url, appProtocol }: Asked,
  manifests: Manifests,
): string {
  if (kind === 'http' && url?.startsWith('http')) {
    return `Endpoint.http('${url.replace(/'/g, "\\'")}')`;
  }
  if (host === undefined) return 'Endpoint.tcp(HOST, PORT)';
  const options =
    appProtocol === undefined ? '' : `, { appProtocol: AppProtocol.${appProtocol} }`;
  return `Endpoint.tcp('${host}', ${port ?? onlyPort(pod, host, manifests) ?? 'PORT'}${options})`;
}

/** The port of a Service that has one. */
function onlyPort(pod: Pod, host: string, manifests: Manifests): number | undefined {
  const ports = serviceNamed(manifests, pod, host)?.object.spec?.ports;
  return Array.isArray(ports) && ports.length === 1 ? ports[0]?.port : undefined;
}

/** A name for the construct of a workload: `my-web` is `myWeb`. */
export function scopeOf({ name }: Pod): string {
  const camel = name.replace(/[^A-Za-z0-9]+(.)?/g, (_, letter: string = '') =>
    letter.toUpperCase(),
  );
  return /^[A-Za-z]/.test(camel) ? camel : 'workload';
}
