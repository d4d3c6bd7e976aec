import type { EndpointEdge } from './edge';
import type { StartupFinding } from './finding';
import { listed, unlessOthersAnswer, waitInWords } from './wording';

/** A wait for a port of its own pod, where only native sidecars run until the steps have ended. */
export function answersNowhere(edge: EndpointEdge): StartupFinding[] {
  const { from, sidecars } = edge;
  if (!sidecars || sidecars.before.length > 0) return [];
  const { after } = sidecars;
  if (after.length > 0) {
    const names = after.map(name => `'${name}'`);
    return [{
      from,
      message: `${waitInWords(edge)}, its own pod, `
        + `where sidecar ${listed(names, 'or')} starts only when the step has ended`,
      remedy: `create ${after.length === 1 ? 'it' : 'the one that answers'} before the step, `
        + `or remove the endpoint, ${unlessOthersAnswer(edge)}`,
    }];
  }
  if (from.pod.isFragment) return [];
  return [{
    from,
    message: `${waitInWords(edge)}, its own pod, in which nothing answers before the steps have ended`,
    remedy:
      'remove the endpoint, or let what answers there be a Sidecar '
      + `(an init container whose restartPolicy is Always) before the step, ${unlessOthersAnswer(edge)}`,
  }];
}
