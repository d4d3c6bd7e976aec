/** The init container of each kind of step, as the manifest has it. */
import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Container } from './container';
import {
  CloneRepository, CopyFiles, CopyFromImage, DownloadArchive, DownloadConfig, GenerateConfig, GenerateEnv,
  InitDefaults, InitStep, PrepareVolume, TrustCertificates, WaitForService, type CloneRepositoryProps,
  type CopyFilesProps, type CopyFromImageProps, type DownloadArchiveProps, type DownloadConfigProps, type Endpoint,
  type GenerateConfigProps, type GenerateEnvProps, type InitStepProps, type PrepareVolumeProps,
  type TrustCertificatesProps, type WaitForServiceProps,
} from '../../src';
import { deployment, podSpec } from '../workload';

/** A key of the Secret `test`. */
export function secret(key: string): kplus.EnvValue {
  return kplus.EnvValue.fromSecretValue({ secret: { name: 'test' } as kplus.ISecret, key });
}

export const configMap = { name: 'test' } as kplus.IConfigMap;

/** The servers are on 127.0.0.1, as they are for a pod in the network of its node. */
export function waiting(endpoints: Endpoint[], props: Partial<WaitForServiceProps> = {}): Container {
  const web = deployment({ containers: [{ image: 'my-app:1.0' }], hostNetwork: true });
  new WaitForService(web, 'wait', { endpoints, timeout: Duration.seconds(20), ...props });
  return podSpec(web).initContainers[0];
}

export function downloading(props: DownloadConfigProps): Container {
  const web = deployment();
  new DownloadConfig(web, 'download', { timeout: Duration.seconds(20), path: '/app/app.json', ...props });
  return podSpec(web).initContainers[0];
}

export function generating(props: Partial<GenerateConfigProps> & Pick<GenerateConfigProps, 'template'>): Container {
  const web = deployment();
  new GenerateConfig(web, 'generate', { path: '/app/app.conf', ...props });
  return podSpec(web).initContainers[0];
}

export function generatingVariables(props: GenerateEnvProps): Container {
  const web = deployment();
  InitDefaults.set(web, { kubernetesVersion: '1.35' });
  new GenerateEnv(web, 'generate', props);
  return podSpec(web).initContainers[0];
}

export function preparing(props: Omit<PrepareVolumeProps, 'volume'>): Container {
  const web = deployment();
  new PrepareVolume(web, 'prepare', { volume: kplus.Volume.fromEmptyDir(web, 'volume', 'data'), ...props });
  return podSpec(web).initContainers[0];
}

export function copying(props: CopyFromImageProps): Container {
  const web = deployment({ containers: [{ image: 'my-app:1.0', securityContext: { user: 65534, group: 65534 } }] });
  new CopyFromImage(web, 'copy', props);
  return podSpec(web).initContainers[0];
}

export function copyingFiles(props: CopyFilesProps): Container {
  const web = deployment({ containers: [{ image: 'my-app:1.0' }] });
  new CopyFiles(web, 'copy', props);
  return podSpec(web).initContainers[0];
}

export function cloning(props: CloneRepositoryProps): Container {
  const web = deployment();
  new CloneRepository(web, 'clone', { timeout: Duration.seconds(60), ...props });
  return podSpec(web).initContainers[0];
}

export function unpacking(props: DownloadArchiveProps): Container {
  const web = deployment();
  new DownloadArchive(web, 'unpack', { timeout: Duration.seconds(20), ...props });
  return podSpec(web).initContainers[0];
}

export function trusting(props: TrustCertificatesProps): Container {
  const web = deployment();
  new TrustCertificates(web, 'trust', props);
  return podSpec(web).initContainers[0];
}

/** Durations are in seconds. */
interface Tries extends Omit<InitStepProps, 'timeout' | 'retryInterval' | 'attemptTimeout'> {
  readonly timeout?: number;
  readonly retryInterval?: number;
  readonly attemptTimeout?: number;
}

/** A program that is run again, beside a volume at /out. */
export function repeated(
  command: string[],
  { timeout = 60, retryInterval = 1, attemptTimeout, ...props }: Tries = {},
): Container {
  const web = deployment();
  new InitStep(web, 'prepare', {
    command,
    timeout: Duration.seconds(timeout),
    retryInterval: Duration.seconds(retryInterval),
    attemptTimeout: attemptTimeout === undefined ? undefined : Duration.seconds(attemptTimeout),
    writes: { '/out': kplus.Volume.fromEmptyDir(web, 'out', 'out') },
    ...props,
  });
  return podSpec(web).initContainers[0];
}

export function bounded(seconds: number, command: string[], props: InitStepProps = {}): Container {
  const web = deployment();
  new InitStep(web, 'prepare', { command, timeout: Duration.seconds(seconds), ...props });
  return podSpec(web).initContainers[0];
}
