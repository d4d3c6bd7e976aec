import { ApiObject } from 'cdk8s';
import { labelsOfPods, labelsSelected, mayHavePods } from './controller-labels';
import type { ServiceManifest } from './service-manifest';
import { templateOf } from '../pod/pod-specs';
import { podIn } from '../pod/workload-pod';
import { listOf } from '../values/lists';

/** The numbers that the pods behind a Service give to a port of a name, as far as the program has these pods by now. */
export function portsNamed(name: string, service: ServiceManifest): number[] {
  const { root } = service.object.node;
  const objects = root.node.findAll().filter(each => ApiObject.isApiObject(each));
  const numbers = objects.filter(object => mayHavePods(object) && isSelected(object, service))
    .flatMap(object => portsOf(object))
    .flatMap(port => (port.name === name ? [port.containerPort] : []));
  return [...new Set(numbers)];
}

/** A port that a container declares; what listens need not be declared. */
export interface ContainerPort {
  readonly name?: string;
  readonly containerPort: number;
}

function isSelected(
  object: ApiObject,
  { namespace, selector }: ServiceManifest,
): boolean {
  const pairs = labelsSelected(selector);
  return unlessUnreadable(() => {
    const metadata = podIn(object)?.finished().metadata();
    if (!metadata || metadata.namespace !== namespace || pairs.length === 0) return false;
    const labels = labelsOfPods(object.kind, metadata);
    return pairs.every(([name, value]) => labels[name] === value);
  }, false);
}

function portsOf(object: ApiObject): ContainerPort[] {
  return unlessUnreadable(() => portsIn(object.toJson()), []);
}

/** The ports of the containers that run while the app does: those of init containers are closed by then. */
export function portsIn(manifest: any): ContainerPort[] {
  const { containers, initContainers }: any = templateOf(manifest)?.spec ?? {};
  const sidecars = listOf(initContainers).filter(each => each?.restartPolicy === 'Always');
  return [...listOf(containers), ...sidecars].flatMap(each => listOf(each?.ports)).filter(port => port);
}

/** An object that cannot be rendered yet is left to the synthesis, which says why. */
function unlessUnreadable<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
