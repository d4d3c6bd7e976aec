import { Construct } from 'constructs';

/**
 * A scope for constructs that are no more than data, such as volumes: outside the app's tree, which cdk8s
 * walks once for every chart.
 */
export function detachedScope(): Construct {
  return new Construct(undefined as unknown as Construct, '');
}
