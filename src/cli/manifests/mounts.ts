/** A volume in a container. */
export interface Mount {
  /** Where the container sees it. */
  readonly path: string;
  /** As the pod has it; nothing but its name if the pod does not. */
  readonly volume: any;
  readonly subPath?: string;
}

/** The mount that a path is in: of several the innermost. */
export function mountOf<M extends Mount>(mounts: readonly M[], path: string): M | undefined {
  return [...mounts]
    .sort((one, other) => other.path.length - one.path.length)
    .find(each => path === each.path || path.startsWith(`${each.path.replace(/\/$/, '')}/`));
}
