import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { portsNamed } from './named-port';
import {
  readService,
  serviceObjectOf,
  type ServiceManifest,
  type ServicePort,
} from './service-manifest';
import { checkHostName, checkNamespace, checkPort } from '../values/checks';
import { classNameOf } from '../values/class-name';
import { inWords, refuse, refuseAll, refuseWith, type Place } from '../values/refuse';

/** Where the pods behind a Service answer. */
export interface ServiceAddress {
  readonly host: string;
  /** The Service's namespace, if the program names one; absent for names outside the cluster. */
  readonly namespace?: string;
  readonly port: number;
  /** Whether the cluster gives the Service an address of its own, in front of its pods. */
  readonly isClusterIP: boolean;
}

/** Where a Service is waited for, on one of its ports. */
export function serviceAddress(
  construct: IConstruct,
  port: number | undefined,
): ServiceAddress {
  const place = { of: 'Endpoint', path: construct.node.path };
  const address = readAddress(place, construct, port);
  checkAddress(place, address);
  return address;
}

/** What stands in a manifest is checked as if it had been given as text: a program will read it. */
function checkAddress(place: Place, { host, namespace, port }: ServiceAddress): void {
  checkHostName(place, 'name of the Service', host);
  if (namespace !== undefined) checkNamespace(place, 'namespace of the Service', namespace);
  checkPort(place, 'port', port);
}

function readAddress(
  place: Place,
  construct: IConstruct,
  port: number | undefined,
): ServiceAddress {
  const service = requireService(place, construct);
  if (service.isAlias) {
    const { externalName } = service;
    return {
      host:
        externalName
        ?? refuseAll(place, 'the ExternalName Service has no external name', 'give it one'),
      port:
        port
        ?? refuseWith(place, 'port', {
          must: 'be given for an ExternalName Service',
          got: port,
          remedy: 'its manifest names no port',
        }),
      isClusterIP: false,
    };
  }
  const chosen = choose(place, service.tcpPorts, port);
  return {
    host: service.name,
    namespace: service.namespace,
    port: service.isHeadless ? podPort(place, service, chosen) : chosen.port,
    isClusterIP: !service.isHeadless,
  };
}

function requireService(place: Place, construct: IConstruct): ServiceManifest {
  const object = serviceObjectOf(construct);
  if (!object) {
    const got = inWords(`${classNameOf(construct)} '${construct.node.path}'`);
    return refuseWith(place, 'service', {
      must: 'be a Service',
      got,
      remedy: insteadOf(construct),
    });
  }
  try {
    return readService(object);
  } catch (error) {
    const why = (error as Error).message.split('Error: ').pop();
    return refuseAll(
      place,
      `the Service cannot be read yet (${why})`,
      'give it its ports before you wait for it',
    );
  }
}

const WITH_PODS = [
  'Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'Pod',
  'Rollout', 'DeploymentConfig',
];

/** What waits for that which is no Service. */
function insteadOf(construct: IConstruct): string {
  const object = ApiObject.isApiObject(construct) ? construct : construct.node.defaultChild;
  const kind = ApiObject.isApiObject(object) ? object.kind : '';
  if (kind === 'Job' || kind === 'CronJob') {
    return kind === 'Job'
      ? 'nothing answers for a Job once it has ended: use a WaitForCondition with Condition.completed(job)'
      : 'nothing answers for a Job once it has ended: wait for what it leaves behind, '
        + 'with an InitStep that asks for it';
  }
  if (WITH_PODS.includes(kind)) {
    return 'give it the Service of these pods, as exposeViaService() makes one';
  }
  return ['Ingress', 'HTTPRoute', 'Route', 'Service'].includes(kind)
    ? 'use Endpoint.http with its URL'
    : 'use Endpoint.tcp for anything else';
}

function choose(
  place: Place,
  tcpPorts: readonly ServicePort[],
  port: number | undefined,
): ServicePort {
  const known = tcpPorts.map(candidate => candidate.port).join(', ');
  if (port === undefined && tcpPorts.length === 1) return tcpPorts[0];
  if (port === undefined) {
    const must = known
      ? `name one of the Service's TCP ports: ${known}`
      : 'name a TCP port, of which the Service has none';
    return refuse(place, 'port', must, port);
  }
  return (
    tcpPorts.find(candidate => candidate.port === port)
    ?? refuse(
      place,
      'port',
      `be a TCP port of the Service${known ? `: ${known}` : ', which has none'}`,
      port,
    )
  );
}

/** A headless Service leads straight to the pods: nothing translates its port there. */
function podPort(
  place: Place,
  service: ServiceManifest,
  { port, targetPort }: ServicePort,
): number {
  if (typeof targetPort !== 'string') return targetPort ?? port;
  const numbers = portsNamed(targetPort, service);
  if (numbers.length === 1) return numbers[0];
  const known = numbers.length === 0
    ? 'no container behind it has a port of that name yet: make them first'
    : `the containers behind it number it ${numbers.join(' and ')}: let them agree`;
  return refuseWith(place, 'port', {
    must: 'lead to one port of the pods, because a headless Service translates no ports',
    got: targetPort,
    remedy: `${known}, or use Endpoint.tcp with the pods' port`,
  });
}
