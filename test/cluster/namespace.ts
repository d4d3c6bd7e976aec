import { randomBytes } from 'crypto';
import { kubectl, requireCluster, tryKubectl, type Answer, type KubectlOptions } from './kubectl';

/** A line of a container's log, and when the container runtime read it. */
export interface LogLine {
  readonly time: number;
  readonly text: string;
}

/** Objects as one that kubectl reads. */
export function listOf(items: object[]): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
}

/** A namespace that takes only the pods that its level of Pod Security takes. */
export class Namespace {
  public constructor(public readonly name: string) {}

  public async kubectl(args: string[], options?: KubectlOptions): Promise<string> {
    return kubectl(['-n', this.name, ...args], options);
  }

  public async tryKubectl(args: string[], options?: KubectlOptions): Promise<Answer> {
    return tryKubectl(['-n', this.name, ...args], options);
  }

  /** Applies manifests: objects, or YAML. */
  public async apply(manifests: object[] | string): Promise<void> {
    const input = typeof manifests === 'string' ? manifests : listOf(manifests);
    await this.kubectl(['apply', '-f', '-'], { input });
  }

  /** Waits until a Deployment has rolled out. */
  public async rolledOut(deployment: string): Promise<void> {
    await this.kubectl(['rollout', 'status', `deployment/${deployment}`, '--timeout=90s'], { timeout: 100 });
  }

  /** Waits until a pod is ready. */
  public async ready(pod: string): Promise<void> {
    await this.kubectl(['wait', '--for=condition=Ready', `pod/${pod}`, '--timeout=90s'], { timeout: 100 });
  }

  /** The pod of a Deployment with one replica, as the API tells of it, once there is one. */
  public async podOf(deployment: string): Promise<any | undefined> {
    const { items } = JSON.parse(await this.kubectl(['get', 'pods', '-o', 'json']));
    return items.find((pod: any) => pod.metadata.name.startsWith(`${deployment}-`));
  }

  /** The log of a container as `kubectl logs` shows it; nothing while there is none. */
  public async log(pod: string, container: string): Promise<string> {
    const { exitCode, stdout } = await this.tryKubectl(['logs', pod, '-c', container]);
    return exitCode === 0 ? stdout : '';
  }

  /** The log of a container line by line, with times. */
  public async timedLog(pod: string, container: string): Promise<LogLine[]> {
    const lines = (await this.kubectl(['logs', pod, '-c', container, '--timestamps'])).trimEnd().split('\n');
    return lines.map(line => ({ time: Date.parse(line.split(' ')[0]), text: line.slice(line.indexOf(' ') + 1) }));
  }

  /** All that one would look at: what failed is in here. */
  public async state(): Promise<string> {
    const pods = (await this.tryKubectl(['get', 'pods', '-o', 'name'])).stdout.split('\n').filter(name => name !== '');
    const views = [['get', 'pods', '-o', 'wide'], ['describe', 'pods'], ['get', 'events', '--sort-by=.lastTimestamp'],
      ...pods.map(pod => ['logs', pod, '--all-containers', '--prefix', '--ignore-errors', '--tail=50'])];
    const texts = await Promise.all(views.map(async view => {
      const { stdout, stderr } = await this.tryKubectl(view);
      return `$ kubectl -n ${this.name} ${view.join(' ')}\n${stdout}${stderr}`;
    }));
    return texts.join('\n');
  }
}

/** What a test may take; Jest's own limit is longer, so that the namespace is deleted in any case. */
const MOST_SECONDS = 180;
jest.setTimeout((MOST_SECONDS + 120) * 1000);

/**
 * Runs the body of a test in a namespace of its own, which is deleted in the end. What fails, fails with
 * the namespace's state.
 *
 * @param level of Pod Security
 */
export async function inNamespace(
  topic: string,
  body: (namespace: Namespace) => Promise<void>,
  level: 'restricted' | 'baseline' = 'restricted',
): Promise<void> {
  await requireCluster();
  const namespace = new Namespace(`init-containers-${topic}-${randomBytes(3).toString('hex')}`);
  const labels = {
    'pod-security.kubernetes.io/enforce': level,
    'pod-security.kubernetes.io/warn': level,
  };
  await namespace.apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace.name, labels } }]);
  let limit: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    limit = setTimeout(() => reject(new Error(`the test took longer than ${MOST_SECONDS} s`)), MOST_SECONDS * 1000);
  });
  try {
    await Promise.race([body(namespace), late]);
  } catch (error) {
    const state = await namespace.state().catch(String);
    const left = await deleteNow(namespace).catch(String) ?? '';
    throw explained(error as Error, `${state}\n${left}`);
  } finally {
    clearTimeout(limit);
  }
  await deleteNow(namespace);
}

/** An error as it is, with the state of the namespace to read. */
function explained(error: Error, state: string): Error {
  const { message, stack } = error; // the stack begins with the message, and that is what Jest shows
  error.message = `${message}\n\n${state}`;
  error.stack = stack?.replace(message, () => error.message);
  return error;
}

/** Deletes a namespace without the grace that its pods would have. */
async function deleteNow({ name }: Namespace): Promise<void> {
  await kubectl(['delete', 'namespace', name, '--wait=false']);
  await tryKubectl(['-n', name, 'delete', 'pods', '--all', '--grace-period=1', '--wait=false']);
  const waitForEnd = ['wait', '--for=delete', `namespace/${name}`, '--timeout=60s'];
  const { exitCode, stderr } = await tryKubectl(waitForEnd, { timeout: 70 });
  if (exitCode !== 0 && !stderr.includes('NotFound')) throw new Error(`namespace ${name} is still there: ${stderr}`);
}
