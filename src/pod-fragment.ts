import { ApiObject, Chart, type ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { fragmentOf } from './private/pod/fragment';
import { isOnlyNamed } from './private/pod/volume';
import { keepFragment } from './private/pod/workload-pod';
import { checkDnsLabel } from './private/values/checks';
import { classNameOf } from './private/values/class-name';
import {
  checkOptions, isObject, kindOf, listOf, mapOf, objectOf, requireKind, type Kinds,
} from './private/values/kind';
import { TEXT } from './private/values/kinds';
import {
  inWords, placeOf, refuse, refuseWith, type NewPlace,
} from './private/values/refuse';

/** Options of `PodFragment`. */
export interface PodFragmentProps {
  /**
   * Names of the app containers, as far as steps show them something.
   *
   * @default ['main']
   * @throws when there is none, two are the same, or one is not a container name
   */
  readonly containers?: string[];

  /**
   * Namespace, labels and annotations of the pod, by which the start-up graph knows it. The namespace is also that of
   * the ConfigMaps that steps need.
   *
   * @default - namespace and labels of the chart that it is in
   */
  readonly metadata?: ApiObjectMetadata;
}

const OWNER = kindOf(isObject, { one: 'an OwnerReference', many: 'OwnerReferences' });

const PROPS: Kinds<PodFragmentProps> = {
  containers: listOf(TEXT),
  metadata: objectOf({
    name: TEXT,
    namespace: TEXT,
    labels: mapOf(TEXT),
    annotations: mapOf(TEXT),
    finalizers: listOf(TEXT),
    ownerReferences: listOf(OWNER),
  }),
};

/**
 * A pod that is no object of the app: a scope for steps, whose parts go into the values of a Helm chart, or to another
 * tool.
 *
 * The parts are plain data, as in a pod spec, and hold what was created before they were read. A list in values
 * replaces that of the Helm chart, so add what that has by default. The ConfigMaps that steps need are written with
 * the cdk8s chart that the fragment is in, so apply that, too.
 *
 * Nothing is known of the pod but its steps and the names of its containers: a step that would take the image of the
 * app must be given one, and users, ports and variables of the app are taken for right. An object of the app that has
 * the steps in the end, as one of a `Helm` construct, takes its place in the start-up graph.
 *
 * @throws when a step or directory is created, or shown to a container, after a part was read
 * @example
 * const pod = new PodFragment(chart, 'grafana-pod', { containers: ['grafana'] });
 * new WaitForService(pod, 'wait-for-db', { endpoints: [Endpoint.tcp('grafana-db', 5432)] });
 * new Helm(chart, 'grafana', {
 *   chart: 'grafana/grafana',
 *   values: {
 *     extraInitContainers: pod.initContainers,
 *     extraVolumes: pod.volumes,
 *     extraVolumeMounts: pod.volumeMounts('grafana'),
 *   },
 * });
 */
export class PodFragment extends Construct {
  public constructor(scope: Construct, id: string, props: PodFragmentProps = {}) {
    const place = placeOf('PodFragment', scope, id);
    requireChart(place);
    const { containers = ['main'], metadata } = checkOptions(place, props ?? {}, PROPS, 'props');
    checkContainers(place, containers);
    super(scope, id);
    keepFragment(this, unwritten(this, containers, metadata));
  }

  /** The init containers, in run order: for `initContainers` or `extraInitContainers` of a chart. */
  public get initContainers(): any {
    return this.read('initContainers').initContainers ?? [];
  }

  /**
   * The volumes that the init containers and the mounts need: for `extraVolumes` of a chart. Those of
   * `SharedDirectory.fromVolumeName`, which the chart has, are not among them.
   */
  public get volumes(): any {
    const volumes: any[] = this.read('volumes').volumes ?? [];
    return volumes.filter(volume => !isOnlyNamed(volume));
  }

  /**
   * What an app container must mount: for `extraVolumeMounts` of a chart.
   *
   * @throws when `containers` does not name it
   */
  public volumeMounts(container: string): any {
    return this.readOf(container, 'volumeMounts');
  }

  /**
   * The variables that an app container must have: for `env` or `extraEnvVars` of a chart.
   *
   * @throws when `containers` does not name it
   */
  public env(container: string): any {
    return this.readOf(container, 'env');
  }

  private readOf(container: string, list: 'volumeMounts' | 'env'): any {
    const place = { of: 'PodFragment', path: this.node.path };
    requireKind(place, 'container', TEXT, container);
    const containers: any[] = this.spec.containers;
    const found = containers.find(({ name }) => name === container);
    if (!found) {
      const remedy = `it has: ${containers.map(({ name }) => name).join(', ')}`;
      refuseWith(place, 'container', { must: 'be one of its containers', got: container, remedy });
    }
    this.noteRead(`${list}('${container}')`);
    return found[list] ?? [];
  }

  private read(part: string): any {
    this.noteRead(part);
    return this.spec;
  }

  private noteRead(part: string): void {
    fragmentOf.required(this).partsRead.add(part);
  }

  /** All that is known of the pod, with nothing in it that must still be resolved. */
  private get spec(): any {
    return fragmentOf.required(this).object.toJson().spec;
  }
}

/** An object that belongs to a chart and is not in its tree, so that it is never written. */
function unwritten(
  fragment: PodFragment,
  containers: readonly string[],
  metadata?: ApiObjectMetadata,
): ApiObject {
  const object = new ApiObject(fragment, 'parts', {
    apiVersion: 'cdk8s-init-containers/v1',
    kind: 'PodFragment',
    metadata,
    spec: { containers: containers.map(name => ({ name })) },
  });
  fragment.node.tryRemoveChild('parts');
  return object;
}

function requireChart(place: NewPlace): void {
  const { scope } = place;
  if (scope.node.scopes.some(each => Chart.isChart(each))) return;
  refuseWith(place, 'scope', {
    must: 'be a chart or a construct below one',
    got: inWords(`${classNameOf(scope)} '${scope.node.path}'`),
    remedy: 'the ConfigMaps that steps need are written with it',
  });
}

function checkContainers(place: NewPlace, containers: readonly string[]): void {
  if (containers.length === 0) refuse(place, 'containers', 'name at least one container', inWords('none'));
  for (const name of containers) checkDnsLabel(place, 'containers', name);
  if (new Set(containers).size < containers.length) {
    refuse(place, 'containers', 'be different', containers.join(', '));
  }
}
