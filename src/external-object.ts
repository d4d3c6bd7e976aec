import { Construct } from 'constructs';
import { externalObject } from './private/step/condition';
import { requireNamespaced } from './private/step/object-reference';
import { resourceOf } from './private/values/api-objects';
import { checkNamespace, checkObjectName } from './private/values/checks';
import { checkOptions, required, type Kinds } from './private/values/kind';
import { TEXT } from './private/values/kinds';
import { placeOf, refuse } from './private/values/refuse';

/** Where an `ExternalObject` is found. */
export interface ExternalObjectProps {
  /**
   * Its API version, e.g. 'batch/v1'.
   *
   * @throws when it is none
   */
  readonly apiVersion: string;

  /**
   * Its kind, e.g. 'Job'.
   *
   * @throws when it is none, or one of the whole cluster, such as Namespace or ClusterIssuer
   */
  readonly kind: string;

  /**
   * Its name.
   *
   * @throws when it is none
   */
  readonly name: string;

  /**
   * Its namespace.
   *
   * @default - that of the pod
   * @throws when it is none
   */
  readonly namespaceName?: string;

  /**
   * Its kind as in the API's path, for the request and the role, as `kubectl api-resources` lists it.
   *
   * @default - from the kind: small letters, plural: `certificates`
   * @throws when it is none
   */
  readonly resource?: string;
}

const PROPS: Kinds<ExternalObjectProps> = {
  apiVersion: required(TEXT),
  kind: required(TEXT),
  name: required(TEXT),
  namespaceName: TEXT,
  resource: TEXT,
};

/**
 * An object that this program does not make, for a `Condition`: a Job of a chart, a claim of an operator. Nothing is
 * written for it.
 *
 * @example
 * const certificate = new ExternalObject(chart, 'certificate', {
 *   apiVersion: 'cert-manager.io/v1',
 *   kind: 'Certificate',
 *   name: 'web-tls',
 * });
 * new WaitForCondition(web, 'wait-for-certificate', { conditions: [Condition.met(certificate, 'Ready')] });
 */
export class ExternalObject extends Construct {
  public constructor(scope: Construct, id: string, props: ExternalObjectProps) {
    const place = placeOf('ExternalObject', scope, id);
    if (id === '' || scope.node.tryFindChild(id)) {
      refuse(place, 'id', `be a free name in '${scope.node.path}'`, id);
    }
    const { apiVersion, kind, name, namespaceName, ...others } = checkOptions(place, props, PROPS, 'props');
    if (!/^([a-z0-9][-a-z0-9.]*\/)?v[0-9][a-z0-9]*$/.test(apiVersion)) {
      refuse(place, 'apiVersion', "be an API version, as 'batch/v1'", apiVersion);
    }
    if (!/^[A-Z][A-Za-z0-9]*$/.test(kind)) refuse(place, 'kind', "be a kind, as 'Job'", kind);
    requireNamespaced(place, 'kind', kind, name);
    checkObjectName(place, 'name', name);
    if (namespaceName !== undefined) checkNamespace(place, 'namespaceName', namespaceName);
    const { resource = resourceOf(kind) } = others;
    if (!/^[a-z][-a-z0-9]*$/.test(resource)) {
      refuse(place, 'resource', "be a kind as in the API's path, as 'certificates'", resource);
    }
    super(scope, id);
    externalObject.set(this, {
      apiVersion,
      kind,
      resource,
      isResourceGuessed: others.resource === undefined,
      name,
      namespace: namespaceName,
      construct: this,
    });
  }
}
