import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';

/** A port of a Service. */
export interface ServicePort {
  readonly port: number;
  /** The number or the name of the port of its pods, by default the same number. */
  readonly targetPort?: number | string;
}

/** A Service as its YAML holds it, which is the same whatever class or version made it. */
export interface ServiceManifest {
  readonly object: ApiObject;
  readonly name: string;
  readonly namespace?: string;
  readonly annotations: { readonly [name: string]: string };
  readonly selector: { readonly [label: string]: string };
  readonly tcpPorts: readonly ServicePort[];
  /** Whether its name leads to the pods themselves, so that it translates no ports and has no address of its own. */
  readonly isHeadless: boolean;
  /** Whether its name leads to pods that are not ready, too. */
  readonly publishesUnready: boolean;
  /** Whether it and its pods have addresses of IPv4 and of IPv6. */
  readonly isDualStack: boolean;
  /** Whether its name stands for another one. */
  readonly isAlias: boolean;
  /** The name that it stands for. */
  readonly externalName?: string;
}

/** The object of a Service that a construct is or makes. */
export function serviceObjectOf(construct: IConstruct): ApiObject | undefined {
  const object = ApiObject.isApiObject(construct) ? construct : construct.node.defaultChild;
  return ApiObject.isApiObject(object) && isService(object) ? object : undefined;
}

/** Whether an object is a Service of Kubernetes itself. */
export function isService({ apiVersion, kind }: ApiObject): boolean {
  return kind === 'Service' && apiVersion === 'v1';
}

/** Reads a Service. */
export function readService(object: ApiObject): ServiceManifest {
  const { metadata = {}, spec = {} } = object.toJson();
  const ports: (ServicePort & { readonly protocol?: string })[] = spec.ports ?? [];
  const isAlias = spec.type === 'ExternalName';
  return {
    object,
    name: metadata.name,
    namespace: metadata.namespace,
    annotations: metadata.annotations ?? {},
    selector: isAlias ? {} : spec.selector ?? {},
    tcpPorts: ports.filter(({ protocol = 'TCP' }) => protocol === 'TCP'),
    isHeadless: spec.clusterIP === 'None',
    publishesUnready: spec.publishNotReadyAddresses === true,
    isDualStack: /DualStack$/.test(spec.ipFamilyPolicy) || spec.ipFamilies?.length > 1,
    isAlias,
    externalName: isAlias ? spec.externalName : undefined,
  };
}
