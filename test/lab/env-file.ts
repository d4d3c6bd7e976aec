/** How the kubelet reads a variable from a file. */
import { execFileSync } from 'child_process';
import { made } from './images';

/** Kubernetes' own reader, if `.ci/lab` has made it. */
export const envFile = made('env-file');

/** What it reads; it fails as the kubelet does. */
export function readVariable(file: string, name: string): string {
  return execFileSync(envFile!, [file, name], { encoding: 'utf8', stdio: 'pipe' });
}
