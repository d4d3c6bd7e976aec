import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct, IConstruct } from 'constructs';
import { checkEnv } from './private/step/env';
import { isStep } from './private/step/step-record';
import { Attached } from './private/values/attached';
import { checkDomain, checkImage, checkReservedNames } from './private/values/checks';
import {
  checkOptions, mapOf, memberOf, requireKind, type Kinds,
} from './private/values/kind';
import {
  CONSTRUCT, DURATION, ENV_VALUE, RESOURCES, TEXT,
} from './private/values/kinds';
import { checkKubernetesVersion } from './private/values/kubernetes-version';
import { wholeSeconds } from './private/values/quantity';
import { refuse, refuseAll } from './private/values/refuse';
import { RUN_AS } from './private/values/user';
import { Programs } from './program-place';
import { RunAs } from './run-as';
import { Warnings } from './warnings';

/** What the library takes for every step below a scope. */
export interface InitDefaultsProps {
  /**
   * Registry (and path) that the library's tool images are pulled from. An `image` that you write is not touched.
   *
   * @default - docker.io
   */
  readonly registry?: string;

  /**
   * Image of waits for TCP and DNS, of generated files and of volumes that are prepared, used as written.
   *
   * One of your own needs `sh`, and of tools `awk`, `cat`, `chmod`, `chown`, `date`, `dd`, `find`, `grep`, `head`,
   * `id`, `ln`, `mkdir`, `mv`, `nc`, `nslookup`, `od`, `rm`, `rmdir`, `sed`, `sleep`, `sort`, `stat`, `telnet`,
   * `timeout`, `touch`, `tr` and `wc`. `nc`, `nslookup` and `telnet` must be those of busybox.
   *
   * @default - library/busybox 1.37 by tag and digest, below `registry`
   */
  readonly shellImage?: string;

  /**
   * Image of downloads and of waits with an endpoint of http or https, used as written.
   *
   * One of your own needs `sh`, and of tools `awk`, `base64`, `cat`, `chmod`, `cp`, `curl`, `cut`, `date`, `dd`,
   * `find`, `grep`, `gunzip`, `head`, `id`, `ln`, `mkdir`, `mv`, `nc`, `nslookup`, `od`, `rm`, `sed`, `sha256sum`,
   * `sleep`, `sort`, `stat`, `tar`, `timeout`, `touch`, `tr`, `unzip` and `wc`. `nc`, `nslookup`,
   * `tar`, `gunzip` and `unzip` must be those of busybox.
   *
   * @default - curlimages/curl by tag and digest, below `registry`
   */
  readonly curlImage?: string;

  /**
   * Image in which repositories are cloned, used as written.
   *
   * One of your own needs `sh`, and of tools `awk`, `cat`, `chmod`, `cut`, `date`, `du`, `find`, `git`, `grep`, `head`,
   * `id`, `ln`, `mkdir`, `mv`, `rm`, `sed`, `sleep`, `stat`, `tail`, `timeout`, `touch` and `tr`. git must be 2.31 or
   * later, and a key needs `ssh`, too.
   *
   * @default - alpine/git by tag and digest, below `registry`
   */
  readonly gitImage?: string;

  /**
   * When the kubelet pulls step images.
   *
   * @default ImagePullPolicy.IF_NOT_PRESENT
   */
  readonly imagePullPolicy?: kplus.ImagePullPolicy;

  /**
   * CPU and memory of every step that ends, replaced as a whole; a `Sidecar` has its own. To them each step adds what
   * its own directory may hold on the disk, as a request for ephemeral-storage in whole GiB, if that is at least
   * 512 MiB and they have none.
   *
   * @default - 10m and 16Mi requested, 500m and 64Mi allowed
   */
  readonly resources?: kplus.ContainerResources;

  /**
   * Environment of every step, e.g. HTTPS_PROXY. Scopes and steps add to it, name by name.
   *
   * @default - none
   */
  readonly env?: { [name: string]: kplus.EnvValue };

  /**
   * Who the library's own programs and images run as; an `InitStep` with an image of its own inherits unless
   * it says otherwise.
   *
   * @default RunAs.user(65534, 65534)
   */
  readonly runAs?: RunAs;

  /**
   * How long a wait or download may take, in whole seconds.
   *
   * The default is longer than the ten minutes after which the kubelet forgets how often a container has failed: a step
   * that gives up then is started again at once. After a shorter timeout the next start may be delayed by up to five
   * minutes.
   *
   * @default Duration.minutes(11)
   */
  readonly timeout?: Duration;

  /**
   * The cluster's DNS domain, by which the start-up graph knows that `db.data.svc.cluster.local` is Service
   * `db`. Nothing of it reaches the pods.
   *
   * @default cluster.local
   */
  readonly clusterDomain?: string;

  /**
   * The oldest Kubernetes that the YAML is for, e.g. '1.35'. What needs a newer one is refused.
   *
   * @default '1.29'
   * @throws when it is not written as '1.35' is
   */
  readonly kubernetesVersion?: string;

  /**
   * Where the programs of the steps stand: in each pod template, or in ConfigMaps that the containers mount.
   *
   * @default Programs.INLINE
   */
  readonly programs?: Programs;

  /**
   * What becomes of the warnings about workloads that have steps, which are those of `StartupGraph.findings()`.
   *
   * @default Warnings.PRINT
   */
  readonly warnings?: Warnings;
}

const BUSYBOX =
  'library/busybox:1.37.0-glibc@sha256:efa394a68601344526b8934cf3d5b11a04041db5f2b7f216fd7d37b445f88df5';
const CURL =
  'curlimages/curl:8.22.0@sha256:58adaa4e8dca9c988bae2aba4ab3434a0bb2da16bbe3f92dec39ec7785166777';
const GIT =
  'alpine/git:v2.49.1@sha256:c0280cf9572316299b08544065d3bf35db65043d5e3963982ec50647d2746e26';

/** Of waits and downloads. This very object says that nobody wrote a timeout; any other of 11 minutes was written. */
export const DEFAULT_TIMEOUT = Duration.minutes(11);

const defaults = new Attached<InitDefaultsProps>('defaults', 1);

const KINDS: Kinds<InitDefaultsProps> = {
  registry: TEXT,
  shellImage: TEXT,
  curlImage: TEXT,
  gitImage: TEXT,
  imagePullPolicy: memberOf(kplus.ImagePullPolicy),
  resources: RESOURCES,
  env: mapOf(ENV_VALUE),
  runAs: RUN_AS,
  timeout: DURATION,
  clusterDomain: TEXT,
  kubernetesVersion: TEXT,
  programs: memberOf(Programs),
  warnings: memberOf(Warnings),
};

/**
 * Company-wide and chart-wide defaults.
 *
 * @example
 * InitDefaults.set(chart, {
 *   registry: 'registry.corp.example/mirror',
 *   env: { HTTPS_PROXY: kplus.EnvValue.fromValue('http://proxy.corp.example:3128') },
 *   timeout: Duration.minutes(5),
 * });
 */
export class InitDefaults {
  /**
   * Sets defaults for every step created below `scope` from now on.
   *
   * The nearest scope wins, prop by prop; a prop that is left out or `undefined` keeps what a wider scope says.
   *
   * @param scope any construct: the app, a chart, a workload
   * @throws if a step already exists below `scope`, which would have missed them, or a value is wrong
   */
  public static set(scope: Construct, props: InitDefaultsProps): void {
    requireKind({ of: 'InitDefaults' }, 'scope', CONSTRUCT, scope);
    const place = { of: 'InitDefaults', path: scope.node.path };
    props = checkOptions(place, props, KINDS, 'props');
    const late = scope.node.findAll().find(isStep);
    if (late) {
      refuseAll(
        place,
        `step ${late.node.path} already exists and would miss these defaults`,
        'set them before the first step below their scope',
      );
    }
    if (
      props.registry !== undefined
      && !/^[A-Za-z0-9][-A-Za-z0-9.]*(:[0-9]+)?(\/[a-z0-9][-a-z0-9._]*)*$/.test(props.registry)
    ) {
      refuse(
        place,
        'registry',
        'be a registry with an optional path, without scheme or final "/"',
        props.registry,
      );
    }
    checkImage(place, 'shellImage', props.shellImage);
    checkImage(place, 'curlImage', props.curlImage);
    checkImage(place, 'gitImage', props.gitImage);
    if (props.clusterDomain !== undefined) checkDomain(place, 'clusterDomain', props.clusterDomain);
    if (props.timeout !== undefined) wholeSeconds(place, 'timeout', props.timeout);
    if (props.kubernetesVersion !== undefined) {
      checkKubernetesVersion(place, 'kubernetesVersion', props.kubernetesVersion);
    }
    checkReservedNames(place, 'env', props.env);
    checkEnv(place, 'env', props.env ?? {});
    defaults.set(scope, merged(defaults.of(scope) ?? {}, props));
  }

  /**
   * The defaults in force at `scope`: those of every scope from the root down, merged over the library's own.
   */
  public static of(scope: IConstruct): InitDefaultsProps {
    requireKind({ of: 'InitDefaults' }, 'scope', CONSTRUCT, scope);
    const { env, resources, ...others } = defaultsAt(scope);
    return {
      ...others,
      env: { ...env },
      resources: Object.fromEntries(
        Object.entries(resources).map(([name, limits]) => [name, { ...limits }]),
      ),
    };
  }

  private constructor() {}
}

/** The same for the library itself, which knows that nothing is missing. */
export function defaultsAt(scope: IConstruct): Required<InitDefaultsProps> {
  const set: InitDefaultsProps[] = [];
  for (let each: IConstruct | undefined = scope; each; each = each.node.scope) {
    const near = defaults.of(each);
    if (near) set.unshift(near);
  }
  return set.length === 0 ? OWN : completed(set.reduce(merged));
}

/** Whether a step without an image of its own gets the library's. */
export function isOwnShell({ shellImage }: Required<InitDefaultsProps>): boolean {
  return shellImage.endsWith(`/${BUSYBOX}`);
}

function completed(set: InitDefaultsProps): Required<InitDefaultsProps> {
  const registry = set.registry ?? 'docker.io';
  return {
    shellImage: `${registry}/${BUSYBOX}`,
    curlImage: `${registry}/${CURL}`,
    gitImage: `${registry}/${GIT}`,
    imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
    resources: {
      cpu: { request: kplus.Cpu.millis(10), limit: kplus.Cpu.millis(500) },
      memory: { request: Size.mebibytes(16), limit: Size.mebibytes(64) },
    },
    env: {},
    runAs: RunAs.user(65534, 65534),
    timeout: DEFAULT_TIMEOUT,
    clusterDomain: 'cluster.local',
    kubernetesVersion: '1.29',
    programs: Programs.INLINE,
    warnings: Warnings.PRINT,
    ...set,
    registry,
  };
}

function merged(wide: InitDefaultsProps, near: InitDefaultsProps): InitDefaultsProps {
  const given = Object.fromEntries(Object.entries(near).filter(([, value]) => value !== undefined));
  return {
    ...wide,
    ...given,
    ...(wide.env || near.env ? { env: { ...wide.env, ...near.env } } : {}),
  };
}

/** The library's own, for the many scopes at which nobody set any. */
const OWN = completed({});
