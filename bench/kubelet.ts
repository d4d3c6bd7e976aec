/**
 * Measures on a real kubelet what one more init container costs, and writes the table into docs/benchmarks.md, whose
 * other tables need no cluster. It takes the cluster of KUBECONFIG.
 */
import { readFileSync, writeFileSync } from 'fs';
import { Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { KUBELET_TITLE, markdown, replaceSection, type Table } from './report';
import { Endpoint, RunAs, InitStep, WaitForService } from '../src';
import { kubectl } from '../test/cluster/kubectl';

const NAMESPACE = 'init-containers-bench';
const TRIALS = 3;
const MOST = 8;

/** Eight names at which something answers in every cluster. */
const endpoints = ['', '.svc', '.svc.cluster.local', '.svc.cluster.local.'].flatMap(ending => [
  Endpoint.tcp(`kubernetes.default${ending}`, 443),
  Endpoint.tcp(`kube-dns.kube-system${ending}`, 53),
]);

type Change = (pod: kplus.Pod) => void;

function manifests(change: Change): object[] {
  const chart = new Chart(Testing.app(), 'bench');
  const pod = new kplus.Pod(chart, 'pod', {
    metadata: { name: 'pod' },
    containers: [{
      name: 'app',
      image: 'busybox:1.37.0',
      imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
      command: ['sh', '-c', 'trap exit TERM; sleep 600 & wait'],
      resources: {},
      securityContext: { user: 65534 },
    }],
  });
  change(pod);
  return Testing.synth(chart);
}

/** Seconds from the creation of a pod until it is ready. */
async function startOf(change: Change): Promise<number> {
  const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: manifests(change) });
  const from = performance.now();
  await kubectl(['-n', NAMESPACE, 'apply', '-f', '-'], { input });
  await kubectl(['-n', NAMESPACE, 'wait', '--for=condition=Ready', 'pod/pod', '--timeout=90s'], { timeout: 100 });
  const seconds = (performance.now() - from) / 1000;
  await kubectl(['-n', NAMESPACE, 'delete', 'pod', 'pod', '--grace-period=1'], { timeout: 60 });
  return seconds;
}

async function mean(change: Change): Promise<number> {
  let sum = 0;
  for (let trial = 0; trial < TRIALS; trial++) sum += await startOf(change);
  return sum / TRIALS;
}

const inSeconds = (value: number) => `${value.toFixed(1)} s`;

async function table(): Promise<Table> {
  const none = await mean(() => undefined);
  const rows: string[][] = [['0', inSeconds(none), '', '', '']];
  for (let count = 1; count <= MOST; count++) {
    const few = endpoints.slice(0, count);
    const each = await mean(pod => few.forEach((endpoint, index) =>
      new WaitForService(pod, `wait-${index + 1}`, { endpoints: [endpoint] })));
    const programs = await mean(pod => few.forEach((_, index) =>
      new InitStep(pod, `true-${index + 1}`, { command: ['true'], runAs: RunAs.user(65534, 65534) })));
    const one = await mean(pod => new WaitForService(pod, 'wait', { endpoints: few }));
    rows.push([`${count}`, inSeconds(each), inSeconds((each - none) / count), inSeconds(programs), inSeconds(one)]);
  }
  return {
    title: KUBELET_TITLE,
    text: `Seconds from \`kubectl apply\` until the pod is ready, mean of ${TRIALS}; what is waited for is up. `
      + 'The kubelet looks for ended containers once a second, whatever they do.',
    head: [
      'how many', 'waits, one container each', 'for each', '`true`, one container each', 'waits, all in one container',
    ],
    rows,
    wanted: [],
  };
}

async function main(): Promise<void> {
  await kubectl(['create', 'namespace', NAMESPACE]);
  try {
    const text = markdown(await table());
    console.log(text);
    const file = 'docs/benchmarks.md';
    writeFileSync(file, replaceSection(readFileSync(file, 'utf8'), KUBELET_TITLE, text));
  } finally {
    await kubectl(['delete', 'namespace', NAMESPACE, '--wait=false']);
  }
}

void main().then(() => process.exit(0), error => {
  console.error(error);
  process.exit(1);
});
