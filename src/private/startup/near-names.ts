import { Chart, type ApiObject } from 'cdk8s';
import type { MeantName } from './dns-names';
import { addTo } from './group';
import { makerOf } from '../pod/cdk8s-internals';
import { isSlip, lacksLastLetter, variants } from '../values/slips';

/** Where the name is right, a namespace may be short and yet no other one. */
const SHORTEST_NAMESPACE = 3;

/** A Service by its full name. */
export interface ServiceName {
  readonly name: string;
  readonly namespace?: string;
  readonly object: ApiObject;
}

/** The Services that may be meant by names that none of them has. */
export class NearNames {
  private readonly byVariant = new Map<string, ServiceName[]>();
  private readonly byConstruct = new Map<string, ServiceName[]>();

  public constructor(services: Iterable<ServiceName>) {
    for (const service of services) {
      for (const variant of variants(service.name)) addTo(this.byVariant, variant, service);
      for (const id of idsOf(service.object)) addTo(this.byConstruct, id, service);
    }
  }

  /** Those that may be meant by a name, the likeliest first. */
  public of({ name, namespace, pod, isShort }: MeantName): ServiceName[] {
    const similar = [...variants(name)].flatMap(variant => this.byVariant.get(variant) ?? []);
    const isHere = (service: ServiceName) =>
      service.namespace === namespace && service.name !== name;
    const isNear = (service: ServiceName) =>
      service.namespace !== undefined && (isShort || isSlip(service.namespace, namespace!, SHORTEST_NAMESPACE));
    return [
      ...(isShort && pod === undefined ? (this.byConstruct.get(name) ?? []).filter(isHere) : []),
      ...similar.filter(service => service.name === name && isNear(service)),
      ...similar.filter(service => isSlip(service.name, name) && isHere(service)),
      ...similar.filter(service => lacksLastLetter(service.name, name) && isHere(service)),
    ];
  }
}

/** The ids of the construct that makes an object, and of one that is made around it. */
function idsOf(object: ApiObject): string[] {
  const { id, scope } = makerOf(object).node;
  return scope && !Chart.isChart(scope) ? [id, scope.node.id] : [id];
}
