import { eachContainer, type Rule } from './rule';

/** No requests and no limits. */
export const noResources: Rule = {
  name: 'no-resources',
  severity: 'info',
  reason:
    'Where a ResourceQuota counts, the pod is refused; elsewhere a step that runs wild '
    + 'takes the node with it.',
  fires: `
- name: copy
  image: busybox:1.37
  command: [cp, /in/app.conf, /out/app.conf]
`,
  silent: `
- name: copy
  image: busybox:1.37
  command: [cp, /in/app.conf, /out/app.conf]
  resources:
    requests: { cpu: 10m, memory: 16Mi }
    limits: { cpu: 500m, memory: 64Mi }
`,
  find: eachContainer(({ spec: { resources } }) =>
    resources?.requests || resources?.limits
      ? []
      : [{
        message: 'has neither requests nor limits of CPU and memory',
        remedy: 'give it small ones, as our steps have: 10m and 16Mi, at most 500m and 64Mi',
      }]),
};
