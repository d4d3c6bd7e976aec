import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { inWords, refuse, refuseAll, type Place } from '../values/refuse';

/** Where the pods behind a Service answer. */
export interface ServiceAddress {
  readonly host: string;
  /** The Service's namespace, if the program names one; absent for names outside the cluster. */
  readonly namespace?: string;
  readonly port: number;
}

interface ServicePort {
  readonly port: number;
  readonly protocol?: string;
  readonly targetPort?: number | string;
}

interface ServiceSpec {
  readonly type?: string;
  readonly clusterIP?: string;
  readonly externalName?: string;
  readonly ports?: ServicePort[];
}

/** Reads a Service off its manifest, which is the same whatever class or version made it. */
export function serviceAddress(service: IConstruct, port: number | undefined): ServiceAddress {
  const place = { of: 'Endpoint', path: service.node.path };
  const { metadata, spec } = manifest(place, service);
  if (spec.type === 'ExternalName') {
    const host = spec.externalName ?? refuseAll(place, 'the ExternalName Service has no external name', 'give it one');
    return { host, port: port ?? refuse(place, 'port', 'be given for an ExternalName Service', port, 'its manifest names no port') };
  }
  const tcp = (spec.ports ?? []).filter(candidate => (candidate.protocol ?? 'TCP') === 'TCP');
  const chosen = choose(place, tcp, port);
  return {
    host: metadata.name,
    namespace: metadata.namespace,
    port: spec.clusterIP === 'None' ? podPort(place, chosen) : chosen.port,
  };
}

function manifest(place: Place, service: IConstruct): { metadata: { name: string; namespace?: string }; spec: ServiceSpec } {
  const object = ApiObject.isApiObject(service) ? service : service.node.defaultChild;
  if (!object || !ApiObject.isApiObject(object) || object.kind !== 'Service' || object.apiVersion !== 'v1') {
    return refuse(place, 'service', 'be a Service', inWords(`${service.constructor.name} '${service.node.path}'`), 'use Endpoint.tcp for anything else');
  }
  let rendered;
  try {
    rendered = object.toJson();
  } catch (error) {
    return refuseAll(place, `the Service cannot be read yet (${(error as Error).message.split('Error: ').pop()})`, 'give it its ports before you wait for it');
  }
  return { metadata: rendered.metadata ?? {}, spec: rendered.spec ?? {} };
}

function choose(place: Place, tcp: ServicePort[], port: number | undefined): ServicePort {
  const known = tcp.map(candidate => candidate.port).join(', ');
  if (port === undefined && tcp.length === 1) return tcp[0];
  if (port === undefined) {
    return refuse(place, 'port', tcp.length ? `name one of the Service's TCP ports: ${known}` : 'name a TCP port, of which the Service has none', port);
  }
  return tcp.find(candidate => candidate.port === port)
    ?? refuse(place, 'port', `be a TCP port of the Service${known ? `: ${known}` : ', which has none'}`, port);
}

/** A headless Service leads straight to the pods: nothing translates its port there. */
function podPort(place: Place, { port, targetPort }: ServicePort): number {
  if (typeof targetPort === 'string') {
    return refuse(place, 'port', 'lead to a numbered target port, because a headless Service translates no ports', targetPort,
      "use Endpoint.tcp with the pods' port");
  }
  return targetPort ?? port;
}
