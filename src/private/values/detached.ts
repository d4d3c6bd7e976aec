import type { Construct } from 'constructs';

/**
 * The scope of constructs that are no more than data, such as volumes: none. They stay outside of the app's
 * tree, which cdk8s walks once for every chart.
 */
export const DETACHED = undefined as unknown as Construct;
