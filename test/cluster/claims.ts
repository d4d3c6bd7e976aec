import { kubectl } from './kubectl';
import type { Namespace } from './namespace';

/**
 * Runs the body of a test with a volume for the claim of this name, which whoever makes the claim finds. It is a folder
 * of the node that belongs to root, as new volumes do; an `fsGroup` does not change it.
 */
export async function withVolume(namespace: Namespace, claim: string, body: () => Promise<void>): Promise<void> {
  const name = `${namespace.name}-${claim}`;
  const spec = {
    capacity: { storage: '1Gi' },
    accessModes: ['ReadWriteOnce'],
    claimRef: { namespace: namespace.name, name: claim },
    hostPath: { path: `/tmp/${name}`, type: 'DirectoryOrCreate' },
  };
  const volume = { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name }, spec };
  await kubectl(['apply', '-f', '-'], { input: JSON.stringify(volume) });
  try {
    await body();
  } finally {
    await kubectl(['delete', 'persistentvolume', name, '--wait=false']);
  }
}
