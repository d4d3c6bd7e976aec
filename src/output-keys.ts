import { defaultsAt } from './init-defaults';
import type { OutputFile } from './output-file';
import { meantContainers } from './private/pod/app-mounts';
import { containerInWords } from './private/pod/pod';
import type { Site } from './private/pod/site';
import { directoryOf, recordOf } from './private/pod/workload-record';
import { isAtLeast } from './private/values/kubernetes-version';
import { checkEnvName } from './private/values/program-input';
import { inWords, refuseAll, refuseWith } from './private/values/refuse';

/** The first Kubernetes that reads variables from files without being asked to, and as they are written here. */
const FIRST = '1.35';

/** The containers of the app that get variables from a file, each of which must be free there. */
export function keyContainers(
  site: Site,
  { containers, directory }: OutputFile,
  keys: readonly string[],
): readonly (string | undefined)[] {
  for (const key of keys) checkEnvName(site, 'exportKeys', key);
  checkPromise(site);
  if (directory && (directoryOf(directory)?.isOfOthers ?? true)) {
    refuseWith(site, 'directory', {
      must: 'be an emptyDir of the library',
      got: directory,
      remedy: 'Kubernetes reads variables from no other volume; use a SharedDirectory',
    });
  }
  const names = meantContainers(site, site.pod, containers, `can get ${keys.join(', ')}`).map(({ name }) => name);
  for (const name of names) keys.forEach(key => checkFree(site, name, key));
  return names;
}

function checkPromise(site: Site): void {
  const { kubernetesVersion } = defaultsAt(site.scope);
  if (isAtLeast(kubernetesVersion, FIRST)) return;
  refuseAll(
    site,
    `needs Kubernetes ${FIRST}, but the YAML is for ${kubernetesVersion} and later, which may drop the variables`,
    `say InitDefaults.set(scope, { kubernetesVersion: '${FIRST}' }), or write a file by GenerateConfig`,
  );
}

function checkFree(site: Site, container: string | undefined, key: string): void {
  const { pod } = site;
  if (!pod.hasVariable(container, key)) return;
  const other = recordOf(pod.workload).exported.find(each => each.container === container && each.variable === key);
  refuseWith(site, 'exportKeys', {
    must: `name variables that ${containerInWords(container)} does not have`,
    got: inWords(key),
    remedy: other ? `step '${other.step}' gives it, too` : 'remove it there',
  });
}
