import { ApiObject, Chart, JsonPatch, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { deployment } from './workload';
import { cdk8sPlusVersions, podTemplate, typedPodTemplate } from './workload-kinds';
import { DownloadConfig, InitStep, SharedDirectory, StartupGraph } from '../src';

const spec = '/spec/template/spec';
const url = 'http://config/app.json';
const inChart = () => new Chart(Testing.app(), 'shop');
const lost = (step: string) => `has lost container '${step}' to a JSON patch; patch fields of it, not the list`;
const sameName = "has two containers named 'first'; every init and app container of a pod needs a name of its own";

/** A volume that a container of the user mounts. */
const emptyDir = (web: kplus.Deployment, name: string) => kplus.Volume.fromEmptyDir(web, name, name);

function rollout(): ApiObject {
  const props = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', spec: { template: podTemplate } };
  return new ApiObject(inChart(), 'web', props);
}
const [[, plus33]] = cdk8sPlusVersions.filter(([version]) => version === '33');

/** What is changed in a workload `shop/web` that has a step `first`, and what the synthesis says then. */
function synthesis<T extends kplus.AbstractPod | ApiObject>(web: T, change: (web: T) => void): () => unknown {
  return () => {
    new InitStep(web, 'first', { command: ['true'] });
    change(web);
    return Testing.synth(Chart.of(web));
  };
}

function refusal(...messages: string[]): Error {
  const lines = messages.map(message => `  [shop/web] ${message}`);
  return new Error(`Validation failed with the following errors:\n${lines.join('\n')}`);
}

const tooMuchText = 'holds 209 KiB of text in its steps, but at most 200 KiB can be applied; '
  + 'put the largest into a ConfigMap and use FileSource.fromConfigMap';

test.each<[string, (web: kplus.Deployment) => void, string]>([
  ['a container of the user takes the name of a step',
    web => web.addContainer({ name: 'first', image: 'x' }),
    sameName],
  ['a later mount takes a path',
    web => {
      new SharedDirectory(web, 'a').mountAt('/data');
      web.containers[0].mount('/data', emptyDir(web, 'b'));
    },
    "mounts two volumes at /data in container 'main': 'a' and 'b'"],
  ['a later mount lies below a read-only one',
    web => {
      new SharedDirectory(web, 'a').mountAt('/data');
      web.containers[0].mount('/data/b', emptyDir(web, 'b'));
    },
    "mounts volume 'b' at /data/b in container 'main', below volume 'a', which is read-only; "
      + 'mount it elsewhere'],
  ['the app is shown a file that no step writes',
    web => new SharedDirectory(web, 'a').file('app.json').mountAt('/app/app.json'),
    "shows app.json of directory 'a' in container 'main', but no step writes it; "
      + 'create the step that writes it'],
  ['the app may write to a file that no step writes',
    web => new SharedDirectory(web, 'a').file('b').mountAt('/b', { readOnly: false }),
    "shows b of directory 'a' in container 'main', but no step writes it; create the step that writes it"],
  ['an init container of the user reads what only a later step writes',
    web => {
      const data = new SharedDirectory(web, 'data');
      const mount = { path: '/in', volume: data.asVolume(), readOnly: true };
      web.addInitContainer({ name: 'own', image: 'x', volumeMounts: [mount] });
      new InitStep(web, 'write', { command: ['true'], writes: { '/out': data } });
    },
    "reads directory 'data' in init container 'own', but none before it writes it; "
      + 'create the step that writes it first'],
  ['the steps hold more text than kubectl can apply',
    web => ['a', 'b'].forEach(id => new InitStep(web, id, { command: ['x'.repeat(104 * 1024)] })),
    tooMuchText],
  ['the steps hold text that becomes longer when it is applied',
    web => new InitStep(web, 'a', { command: ['<a>'.repeat(16 * 1024)] }),
    tooMuchText],
])('a pod is refused when %s', (_, change, message) => {
  expect(synthesis(deployment(), change)).toThrow(refusal(message));
});

test.each<[string, (web: kplus.Deployment) => void]>([
  ['its steps hold just as much text as kubectl can apply',
    web => ['a', 'b'].forEach(id => new InitStep(web, id, { command: ['x'.repeat(100 * 1024 - 10)] }))],
  ['its container is a sidecar of another name', web => web.addContainer({ name: 'sidecar', image: 'x' })],
  ['a mount of its own lies below a read-only one of its own', web => {
    web.containers[0].mount('/a', emptyDir(web, 'a'), { readOnly: true });
    web.containers[0].mount('/a/b', emptyDir(web, 'b'));
  }],
])('a pod is taken when %s', (_, change) => {
  expect(synthesis(deployment(), change)).not.toThrow();
});

test('a pod that was right is checked again when it was changed since', () => {
  const web = deployment();
  new InitStep(web, 'first', { command: ['true'] });
  Testing.synth(Chart.of(web));
  web.addContainer({ name: 'first', image: 'x' });

  expect(() => Testing.synth(Chart.of(web))).toThrow("has two containers named 'first'");
});

test('a pod that was right is checked again when it was patched since', () => {
  const web = deployment();
  new InitStep(web, 'first', { command: ['true'] });
  Testing.synth(Chart.of(web));
  ApiObject.of(web).addJsonPatch(JsonPatch.remove(`${spec}/initContainers`));

  expect(() => Testing.synth(Chart.of(web))).toThrow("has lost container 'first' to a JSON patch");
});

test.each<[string, () => kplus.Deployment | ApiObject]>([
  ['a Deployment of cdk8s-plus-28', () => deployment()],
  ['an Argo Rollout', rollout],
])('in %s a patch that takes the pod away is refused, and the graph goes without it', (_, make) => {
  const web = make();
  new InitStep(web, 'first', { command: ['true'] });
  ApiObject.of(web).addJsonPatch(JsonPatch.remove('/spec/template'));

  expect(() => Testing.synth(Chart.of(web))).toThrow(refusal(lost('first')));
  expect(() => StartupGraph.of(web).toText()).not.toThrow();
});

test('a pod is rendered for its check once, however often the app is validated', () => {
  const web = rollout();
  new InitStep(web, 'first', { command: ['true'] });
  const toJson = jest.spyOn(web, 'toJson');
  const validate = () => web.node.validate();

  expect([validate(), validate(), validate()]).toEqual([[], [], []]);
  expect(toJson).toHaveBeenCalledTimes(1);
});

const containers = [{ image: 'my-app:1.0' }];
const typedSpec = { selector: {}, template: typedPodTemplate };

function statefulSet33(): kplus.AbstractPod {
  const chart = inChart();
  const service = new plus33.Service(chart, 'peers', { ports: [{ port: 80 }] });
  return new plus33.StatefulSet(chart, 'web', { containers, service });
}

describe.each<[string, () => kplus.AbstractPod | ApiObject, string]>([
  ['a Deployment of cdk8s-plus-28', () => deployment(), 'main'],
  ['a Deployment of cdk8s-plus-33', () => new plus33.Deployment(inChart(), 'web', { containers }), 'main'],
  ['a StatefulSet of cdk8s-plus-33', statefulSet33, 'main'],
  ['a KubeDeployment', () => new kplus.k8s.KubeDeployment(inChart(), 'web', { spec: typedSpec }), 'app'],
  ['an Argo Rollout', rollout, 'app'],
])('in %s', (_, make, app) => {
  const patched = (...patches: JsonPatch[]) => synthesis(make(), web => {
    new DownloadConfig(web, 'download', { url, path: '/app/app.json' });
    ApiObject.of(web).addJsonPatch(...patches);
  });

  test('a patch of a field is taken', () => {
    expect(patched(JsonPatch.replace(`${spec}/initContainers/0/image`, 'mirror/busybox'))).not.toThrow();
  });

  test('a patch that replaces the init containers is refused', () => {
    expect(patched(JsonPatch.add(`${spec}/initContainers`, [{ name: 'own', image: 'x' }])))
      .toThrow(refusal(lost('first'), lost('download')));
  });

  test('a patch that writes the init containers down anew, and so loses their quantities, is refused', () => {
    const without = (container: any) => ({ ...container, resources: { limits: { cpu: null }, requests: {} } });
    const resources = (step: string) => lost(step).replace('lost', 'lost the resources of');

    expect(synthesis(make(), web => {
      const { template } = ApiObject.of(web).toJson().spec;
      ApiObject.of(web).addJsonPatch(
        JsonPatch.replace(`${spec}/initContainers`, template.spec.initContainers.map(without)),
      );
    })).toThrow(refusal(resources('first')));
  });

  test('a patch that removes the limits of a step is taken', () => {
    expect(patched(JsonPatch.remove(`${spec}/initContainers/0/resources/limits`))).not.toThrow();
  });

  test('a patch that removes one step is refused', () => {
    expect(patched(JsonPatch.remove(`${spec}/initContainers/0`))).toThrow(refusal(lost('first')));
  });

  test('a patch that replaces the mounts of the app is refused', () => {
    expect(patched(JsonPatch.add(`${spec}/containers/0/volumeMounts`, []))).toThrow(refusal(
      `has lost the mount of volume 'download-files' at /app/app.json in container '${app}' to a JSON patch; `
      + 'add to the list, do not replace it'));
  });

  test('a patch that replaces the volumes is refused', () => {
    const lostVolume = (container: string) =>
      `has lost volume 'download-files', which container '${container}' mounts, to a JSON patch; `
      + 'add to the list, do not replace it';

    expect(patched(JsonPatch.add(`${spec}/volumes`, []))).toThrow(refusal(lostVolume('download'), lostVolume(app)));
  });

  test('a patch that lets an init container of the user take the name of a step is refused', () => {
    expect(patched(JsonPatch.add(`${spec}/initContainers/0`, { name: 'first', image: 'x' })))
      .toThrow(refusal(sameName));
  });
});
