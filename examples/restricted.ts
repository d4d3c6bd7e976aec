import * as kplus from 'cdk8s-plus-28';

/** What Pod Security "restricted" asks of a container, for the user that its image is made for; without one, for the one that the cluster gives it. */
export function restricted(user?: number): kplus.ContainerSecurityContextProps {
  return {
    user,
    group: user,
    capabilities: { drop: [kplus.Capability.ALL] },
    seccompProfile: { type: kplus.SeccompProfileType.RUNTIME_DEFAULT },
  };
}
