import { findingsBeside } from '../../../src/cli/graph/checked';
import { graphOf } from '../../../src/cli/graph/graph';
import { manifestsOf } from '../../../src/cli/manifests/manifest';
import { podsOf } from '../../../src/cli/manifests/pods';

/** The rules of the errors that a pod is told, by its graph and beside that. */
function errors(yaml: string): string[] {
  const manifests = podsOf(manifestsOf('web.yaml', yaml));
  const graph = graphOf(manifests);
  return [...graph.findings, ...findingsBeside(graph, manifests)]
    .flatMap(({ severity, rule }) => (severity === 'error' ? rule : []));
}

const SERVICE = `
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
---`;
const pod = (...programs: string[]) => JSON.stringify({
  initContainers: programs.map((each, index) =>
    ({ name: `wait-${index}`, image: 'busybox:1.37', command: ['sh', '-c', each] })),
  containers: [{ name: 'app', image: 'nginx:1.29' }],
});
const Pod = (spec: string, more = '') => `
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web }${more} }
spec: ${spec}
`;

const AT_LOCALHOST = 'until nc -z localhost 80; do sleep 1; done';
const AT_UNKNOWN_PORT = 'until nc -z localhost $PORT; do sleep 1; done';
const AT_OWN_SERVICE = 'until nc -z web 80; do sleep 1; done';
const IGNORED = ", annotations: { 'cdk8s-init-containers/ignore': startup }";

test.each([
  ['what both know, in the words of the graph', Pod(pod(AT_LOCALHOST)), ['startup']],
  ['a wait for its own Service, too', SERVICE + Pod(pod(AT_OWN_SERVICE)), ['startup']],
  ['a port of localhost that only the pod knows', Pod(pod(AT_UNKNOWN_PORT)), ['waits-for-itself']],
  ['that port in a pod with another error', SERVICE + Pod(pod(AT_OWN_SERVICE, AT_UNKNOWN_PORT)),
    ['startup', 'waits-for-itself']],
  ['a pod that no graph has', `
apiVersion: v1
kind: PodTemplate
metadata: { name: web }
template: { spec: ${pod(AT_LOCALHOST)} }
`, ['waits-for-itself']],
  ['what is switched off in the graph alone', Pod(pod(AT_LOCALHOST), IGNORED), ['waits-for-itself']],
  ['the same of its own Service', SERVICE + Pod(pod(AT_OWN_SERVICE), IGNORED), ['waits-for-itself']],
])('an error is said by the graph, or else by check: %s', (_, yaml, rules) => {
  expect(errors(yaml)).toEqual(rules);
});

test('an error about a pod behind an empty place in a list is said by the graph', () => {
  expect(errors(`
apiVersion: example.com/v1
kind: Engine
metadata: { name: web }
spec: { pods: [null, { spec: ${pod(AT_LOCALHOST)} }] }
`)).toEqual(['startup']);
});
