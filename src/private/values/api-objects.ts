/**
 * Kinds of which there is one for the whole cluster: a Role, which is in a namespace, cannot name them.
 */
const OF_CLUSTER: ReadonlySet<string> = new Set([
  'APIService', 'CSIDriver', 'CSINode', 'CertificateSigningRequest', 'ClusterExternalSecret', 'ClusterIssuer',
  'ClusterPolicy', 'ClusterRole', 'ClusterRoleBinding', 'ClusterSecretStore', 'CustomResourceDefinition',
  'FlowSchema', 'GatewayClass', 'IngressClass', 'MutatingAdmissionPolicy', 'MutatingWebhookConfiguration',
  'Namespace', 'Node', 'PersistentVolume', 'PriorityClass', 'PriorityLevelConfiguration', 'RuntimeClass',
  'StorageClass', 'ValidatingAdmissionPolicy', 'ValidatingWebhookConfiguration', 'VolumeAttachment',
]);

/** Whether objects of a kind are known to be in no namespace. */
export function isOfCluster(kind: string): boolean {
  return OF_CLUSTER.has(kind);
}

/** A kind as in the API's path, as nearly all are: `certificates`, `ingresses`, `networkpolicies`, `gateways`. */
export function resourceOf(kind: string): string {
  const name = kind.toLowerCase();
  if (name.endsWith('endpoints')) return name;
  if (/[^aeiou]y$/.test(name)) return `${name.slice(0, -1)}ies`;
  return /(s|x|z|ch|sh)$/.test(name) ? `${name}es` : `${name}s`;
}

/**
 * Kinds whose name is a plural or an abbreviation are often called otherwise: `redis`, `nodes` of NodeMetrics. `ss` and
 * `Endpoints` are certain.
 */
export function isResourceDoubtful(kind: string): boolean {
  return /[^s]s$/i.test(kind) && !/endpoints$/i.test(kind) && kind !== 'Prometheus';
}

/** The group of an API version, which is empty for the oldest kinds: '' of `v1`, `batch` of `batch/v1`. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
}
