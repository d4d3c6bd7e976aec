import { inNamespace, listOf, type Namespace } from './namespace';
import { exampleNames } from '../examples';
import { goldenManifests } from '../golden';

/**
 * The containers that Pod Security "restricted" names, by example: "main" is the user's own where it is as plain as a
 * first attempt is, and "prepare-data" prepares a volume as root, which takes "baseline".
 */
const OFFENDERS: { [example: string]: string[] } = {
  'every-step': ['main', 'prepare-data'],
  'gitops': ['main'],
  'newer-cdk8s-plus': ['main'],
  'prepare-volume': ['prepare-data'],
  'seed-config': ['prepare-data'],
};

/** Whether a cluster without Argo CD, cert-manager and KEDA knows the kind of an object. */
function isKnown({ apiVersion }: any): boolean {
  return !/^(argoproj\.io|cert-manager\.io|keda\.sh)\//.test(apiVersion);
}

/** An example in the namespace of the test, whatever namespace it names. */
function manifestsIn(namespace: Namespace, name: string): any[] {
  return goldenManifests(name).filter(isKnown).map(manifest => {
    const metadata = { ...manifest.metadata, namespace: namespace.name };
    return { ...manifest, metadata };
  });
}

/** Examples for clusters from this minor version of Kubernetes on. */
const FIRST: { [example: string]: number } = { 'database-url': 35 };

/** Those that are for the cluster of the test. */
async function examplesFor(namespace: Namespace): Promise<string[]> {
  const { serverVersion } = JSON.parse(await namespace.kubectl(['version', '-o', 'json']));
  return exampleNames
    .filter(name => Number.parseInt(serverVersion.minor, 10) >= (FIRST[name] ?? 0))
    .filter(name => goldenManifests(name).some(isKnown));
}

const dryRun = ['apply', '--dry-run=server', '--validate=strict', '-f', '-'];

/** The containers that warnings of Pod Security name; any other warning as it is. */
function offenders(warnings: string[]): string[] {
  const found = warnings.flatMap(warning => {
    if (!warning.includes('PodSecurity')) return warning;
    const containers = warning.match(/containers? "[^)]*?" must/g) ?? [];
    return containers.flatMap(each => each.match(/(?<=")[^", ]+(?=")/g)!);
  });
  return [...new Set(found)].sort();
}

test('the API server takes every example, and Pod Security has nothing against a step of ours', () =>
  inNamespace('admission', async namespace => {
    for (const name of await examplesFor(namespace)) {
      const input = listOf(manifestsIn(namespace, name));
      const { exitCode, stderr } = await namespace.tryKubectl(dryRun, { input });
      if (exitCode !== 0) throw new Error(`${name} is refused: ${stderr}`);
      const warnings = stderr.split('\n').filter(line => line !== '');

      expect({ name, offenders: offenders(warnings) }).toEqual({ name, offenders: OFFENDERS[name] ?? [] });
    }
  }));

/**
 * What the API server writes in its own way. All of it is cdk8s-plus's, in the user's own containers and
 * Services, and in steps that take their resources from one of these; nothing else is a step's.
 */
const REWRITTEN = [
  'Deployment.spec.minReadySeconds: 0 -> undefined',
  'Deployment.spec.template.spec.containers[].resources.limits.memory: "2048Mi" -> "2Gi"',
  'Deployment.spec.template.spec.containers[].resources.requests.cpu: "1000m" -> "1"',
  'Deployment.spec.template.spec.hostNetwork: false -> undefined',
  'Deployment.spec.template.spec.initContainers[].resources.limits.memory: "2048Mi" -> "2Gi"',
  'Deployment.spec.template.spec.initContainers[].resources.requests.cpu: "1000m" -> "1"',
  'Deployment.spec.template.spec.volumes[].persistentVolumeClaim.readOnly: false -> undefined',
  'Job.spec.template.spec.containers[].resources.limits.memory: "2048Mi" -> "2Gi"',
  'Job.spec.template.spec.containers[].resources.requests.cpu: "1000m" -> "1"',
  'Job.spec.template.spec.hostNetwork: false -> undefined',
  'Service.spec.externalIPs: [] -> undefined',
  'StatefulSet.spec.minReadySeconds: 0 -> undefined',
  'StatefulSet.spec.template.spec.containers[].resources.limits.memory: "2048Mi" -> "2Gi"',
  'StatefulSet.spec.template.spec.containers[].resources.requests.cpu: "1000m" -> "1"',
  'StatefulSet.spec.template.spec.hostNetwork: false -> undefined',
];

test('the API server keeps what was applied of an example: it adds defaults, and changes no field of a step', () =>
  inNamespace('drift', async namespace => {
    const noPods = { metadata: { name: 'no-pods' }, spec: { hard: { pods: '0' } } };
    await namespace.apply([{ apiVersion: 'v1', kind: 'ResourceQuota', ...noPods }]);
    const found = new Set<string>();
    for (const name of await examplesFor(namespace)) {
      const applied = manifestsIn(namespace, name);
      await namespace.apply(applied);
      const kept = JSON.parse(await namespace.kubectl(['get', '-o', 'json', '-f', '-'], { input: listOf(applied) }));
      const items = kept.items ?? [kept];
      const changes = applied.flatMap((each, index) => differences(each.kind, each, items[index]));
      changes.forEach(each => found.add(each));
      // Another example may have objects of the same names.
      await namespace.kubectl(['delete', '-f', '-'], { input: listOf(applied) });
    }

    expect([...found].sort()).toEqual(REWRITTEN);
  }));

/**
 * The fields of what was applied that are kept with another value, as `field: applied -> kept`, list
 * indexes left out.
 */
function differences(field: string, applied: any, kept: any): string[] {
  if (applied === kept) return [];
  if (!(applied instanceof Object) || !(kept instanceof Object)) {
    return [`${field}: ${JSON.stringify(applied)} -> ${JSON.stringify(kept)}`];
  }
  if (Array.isArray(applied)) {
    if (!Array.isArray(kept) || kept.length !== applied.length) {
      return [`${field}: ${applied.length} elements -> ${kept.length}`];
    }
    return applied.flatMap((each, index) => differences(`${field}[]`, each, kept[index]));
  }
  return Object.keys(applied).flatMap(name => differences(`${field}.${name}`, applied[name], kept[name]));
}
