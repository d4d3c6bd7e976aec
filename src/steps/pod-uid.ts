import * as kplus from 'cdk8s-plus-28';

/** Tells what one pod writes into a volume from what others do, also in later runs. */
export function podUid(): kplus.EnvValue {
  return kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.POD_UID);
}
