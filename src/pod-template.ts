import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { podSpecsIn, templateOf } from './private/pod/pod-specs';
import { keepPodAt, templateAt } from './private/pod/workload-pod';
import { checkOptions, kindOf, requireKind, required, type Kinds } from './private/values/kind';
import { CONSTRUCT, TEXT } from './private/values/kinds';
import { inWords, placeOf, refuse, refuseWith, type NewPlace } from './private/values/refuse';

/** Options of `PodTemplate`. */
export interface PodTemplateProps {
  /**
   * JSON pointer to what holds `containers`: '/spec/jobTargetRef/template/spec' of a ScaledJob,
   * '/spec/workerGroupSpecs/0/template/spec' of a RayCluster, '/spec/predictor' of an InferenceService,
   * '/spec/templates/0' of a Workflow.
   *
   * @throws when there is neither a list of `containers` nor a `model`, `container` or `script` in it, or it
   * has a `PodTemplate` or is the pod spec of the object itself
   */
  readonly specPath: string;
}

const PROPS: Kinds<PodTemplateProps> = { specPath: required(TEXT) };

const API_OBJECT = kindOf(value => Construct.isConstruct(value) && ApiObject.isApiObject(value), {
  one: 'an ApiObject',
  many: 'ApiObjects',
  instead: value => (CONSTRUCT.wrongIn(value) ? undefined : 'workloads of cdk8s-plus are scopes for steps themselves'),
});

/**
 * A pod spec anywhere in an object, e.g. of KEDA, KServe, Kubeflow, Ray: a scope for steps, like a workload.
 *
 * Several in one object are several of these, each with steps, volumes and containers of its own. Where there is no
 * list of `containers` (a `model` of KServe, a `container` of an Argo template) steps run, but nothing that they write
 * can be shown to the app. The controller of the object must pass init containers on.
 *
 * Create it when the object is complete: JSON patches that come later are applied behind those of the steps.
 *
 * @example
 * const scaledJob = new ApiObject(chart, 'import', {
 *   apiVersion: 'keda.sh/v1alpha1',
 *   kind: 'ScaledJob',
 *   spec: { jobTargetRef: { template: { spec: { containers: [{ name: 'import', image: 'import:1.0' }] } } } },
 * });
 * const pod = new PodTemplate(scaledJob, 'pod', { specPath: '/spec/jobTargetRef/template/spec' });
 * new WaitForService(pod, 'wait-for-db', { endpoints: [Endpoint.tcp('orders-db', 5432)] });
 */
export class PodTemplate extends Construct {
  public constructor(apiObject: ApiObject, id: string, props: PodTemplateProps) {
    requireKind({ of: 'PodTemplate' }, 'apiObject', API_OBJECT, apiObject);
    const place = placeOf('PodTemplate', apiObject, id);
    const { specPath } = checkOptions(place, props, PROPS, 'props');
    checkSpecPath(place, apiObject, specPath);
    super(apiObject, id);
    keepPodAt(this, apiObject, specPath);
  }
}

function checkSpecPath(place: NewPlace, object: ApiObject, specPath: string): void {
  if (!specPath.startsWith('/')) refuse(place, 'specPath', 'be a JSON pointer, which begins with /', specPath);
  const manifest = object.toJson();
  if (!templateOf(manifest, specPath)) {
    const found = podSpecsIn(manifest);
    refuseWith(place, 'specPath', {
      must: `lead to a pod spec of ${object.kind} ${object.node.path}`,
      got: specPath,
      remedy: found.length > 0 ? `it has: ${found.join(', ')}` : 'it has no list of containers',
    });
  }
  if (templateOf(manifest)?.path === specPath) {
    refuseWith(place, 'specPath', {
      must: 'be an unusual place',
      got: specPath,
      remedy: 'the object itself is the scope for steps of this pod',
    });
  }
  const taken = templateAt(object, specPath);
  if (!taken) return;
  refuse(place, 'specPath', 'have one PodTemplate only', inWords(`${specPath}, which has ${taken.node.path}`));
}
