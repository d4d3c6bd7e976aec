import { execFile } from 'child_process';

/** What one call of kubectl gave. */
export interface Answer {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface KubectlOptions {
  /** What it reads from `-f -`. */
  readonly input?: string;
  /** Seconds after which it is killed. */
  readonly timeout?: number;
}

/** Runs kubectl, and takes a refusal for an answer. */
export async function tryKubectl(args: string[], { input, timeout = 30 }: KubectlOptions = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { timeout: timeout * 1000, maxBuffer: 64 * 1024 * 1024 };
    const child = execFile('kubectl', args, options, (error, stdout, stderr) => {
      if (error?.killed) {
        reject(new Error(`kubectl ${args.join(' ')}: no answer in ${timeout} s\n${stdout}${stderr}`));
      } else if (typeof error?.code === 'string') {
        reject(new Error(`kubectl cannot be run (${error.code}); the cluster test needs it in PATH`));
      } else {
        resolve({ exitCode: Number(error?.code ?? 0), stdout, stderr });
      }
    });
    child.stdin!.on('error', () => undefined); // it may end without having read; its exit code tells
    child.stdin!.end(input);
  });
}

/** Runs kubectl for what it prints. */
export async function kubectl(args: string[], options?: KubectlOptions): Promise<string> {
  const { exitCode, stdout, stderr } = await tryKubectl(args, options);
  if (exitCode !== 0) throw new Error(`kubectl ${args.join(' ')}: exit code ${exitCode}\n${stdout}${stderr}`);
  return stdout;
}

/** Fails, in words, where there is no cluster to run in. */
export async function requireCluster(): Promise<void> {
  if (!process.env.KUBECONFIG) {
    throw new Error('KUBECONFIG is not set. The cluster test runs in the cluster that it names, '
      + 'e.g. one made by `kind create cluster`.');
  }
  const { exitCode, stderr } = await tryKubectl(['get', '--raw', '/readyz', '--request-timeout=10s']);
  if (exitCode === 0) return;
  throw new Error(`The cluster of KUBECONFIG (${process.env.KUBECONFIG}) does not answer: ${stderr}`);
}

/** Tries until something holds. */
export async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  await eventually(what, async () => (await holds() ? true : undefined));
}

/** Tries until something is there, and returns it. */
export async function eventually<T>(what: string, attempt: () => Promise<T | undefined>, seconds = 60): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await attempt();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`not within ${seconds} s: ${what}`);
    await new Promise(resolve => setTimeout(resolve, 300));
  }
}
