import type * as kplus from 'cdk8s-plus-28';
import { defaultsAt } from './init-defaults';
import type { InitStepProps } from './init-step-props';
import { probeToKube } from './private/pod/cdk8s-internals';
import type { ContainerFields } from './private/pod/pod';
import type { Site } from './private/pod/site';
import { isGiven } from './private/values/kind';
import { isAtLeast } from './private/values/kubernetes-version';
import { inWords, refuseAll, refuseWith } from './private/values/refuse';
import type { SidecarProbes } from './sidecar-probes';

/** The first Kubernetes in which init containers may keep running without being asked to. */
const FIRST = '1.29';

/** What a step that keeps running cannot have, and what to do instead. */
const OF_STEPS_THAT_END: { readonly [prop in keyof InitStepProps]: string } = {
  retryInterval: 'Kubernetes starts it again when it ends',
  timeout: 'its startup probe says how long it may take to start',
  endsWithin: 'its startup probe says how long it may take to start',
  waitsFor: 'write a WaitForService before it',
  conditions: 'write a WaitForCondition before it',
  outputFiles: 'nobody knows when they are whole; name the directory in writes',
  outputFolders: 'nobody knows when they are whole; name the directory in writes',
};

/** What makes a native sidecar of the container of a step that keeps running. */
export function sidecarFields(site: Site, props: InitStepProps): ContainerFields | undefined {
  const { keepsRunning } = props;
  if (!keepsRunning) return undefined;
  checkPromise(site);
  const lonely = Object.entries(OF_STEPS_THAT_END)
    .find(([prop]) => isGiven(props[prop as keyof InitStepProps]));
  if (lonely) refuseAll(site, `keeps running, but has ${lonely[0]}`, lonely[1]);
  return {
    restartPolicy: 'Always',
    startupProbe: probe(site, keepsRunning, 'startup'),
    livenessProbe: probe(site, keepsRunning, 'liveness'),
    readinessProbe: probe(site, keepsRunning, 'readiness'),
  };
}

/** How long a step that keeps running may take to start until it is started anew, in seconds. */
export function secondsToStart({ startupProbe }: ContainerFields): number {
  if (!startupProbe) return 0;
  const { initialDelaySeconds = 0, failureThreshold = 3, periodSeconds = 10, timeoutSeconds = 1 } = startupProbe;
  return initialDelaySeconds + failureThreshold * Math.max(periodSeconds, timeoutSeconds);
}

function checkPromise(site: Site): void {
  const { kubernetesVersion } = defaultsAt(site.scope);
  if (isAtLeast(kubernetesVersion, FIRST)) return;
  refuseAll(
    site,
    `needs Kubernetes ${FIRST}, but the YAML is for ${kubernetesVersion} and later, which may wait for its end`,
    `say InitDefaults.set(scope, { kubernetesVersion: '${FIRST}' }), or run it beside the app`,
  );
}

/** A step has no port of its own, for which cdk8s-plus would take 80. */
function probe(site: Site, probes: SidecarProbes, name: keyof SidecarProbes): kplus.k8s.Probe | undefined {
  const given = probes[name];
  if (!given) return undefined;
  const rendered = probeToKube(given);
  if (rendered) return rendered;
  return refuseWith(site, `keepsRunning.${name}`, {
    must: 'name the port that it asks',
    got: inWords('none'),
    remedy: 'write { port: ... } among its options',
  });
}
