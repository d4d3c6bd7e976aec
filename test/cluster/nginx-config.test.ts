import { shell } from './manifests';
import { inNamespace } from './namespace';
import { exampleManifests } from '../golden';

test('nginx serves with the generated nginx.conf, beside which the mime types of the image are still there', () =>
  inNamespace('nginx-config', async namespace => {
    const [deployment, service] = exampleManifests('nginx-config');
    // The image has no page whose type only mime.types knows, and its file system is read-only: a ConfigMap adds one.
    deployment.spec.template.spec.volumes.push({ name: 'page', configMap: { name: 'page' } });
    deployment.spec.template.spec.containers[0].volumeMounts
      .push({ name: 'page', mountPath: '/usr/share/nginx/html/style.css', subPath: 'style.css' });

    await namespace.apply([
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'page' }, data: { 'style.css': 'body { margin: 0 }\n' } },
      deployment,
      service,
      shell('client', 'exec sleep 3600'),
    ]);
    await Promise.all([namespace.rolledOut('nginx'), namespace.ready('client')]);
    const pod = await namespace.podOf('nginx');

    const headers = async (page: string) => {
      const { stderr } = await namespace.tryKubectl(['exec', 'client', '--', 'wget', '-T', '5', '-S', '-O', '/dev/null', `http://nginx/${page}`]);
      return stderr.split('\n').map(line => line.trim()).filter(line => /^(HTTP|Content-Type|X-Served-By)/.test(line));
    };
    expect(await headers('index.html')).toEqual(['HTTP/1.1 200 OK', 'Content-Type: text/html', `X-Served-By: ${pod.metadata.name}`]);
    expect(await headers('style.css')).toEqual(['HTTP/1.1 200 OK', 'Content-Type: text/css', `X-Served-By: ${pod.metadata.name}`]);

    const conf = await namespace.kubectl(['exec', pod.metadata.name, '-c', 'main', '--', 'cat', '/etc/nginx/nginx.conf']);
    const template = deployment.spec.template.spec.initContainers[0].env.find((each: any) => each.name === 'step_template').value;
    const values: { [variable: string]: string } = { '${CONNECTIONS:-1024}': '512', '${PORT}': '8080', '${POD}': pod.metadata.name };
    expect(conf).toBe(Object.keys(values).reduce((text, variable) => text.replace(variable, values[variable]), unescaped(template)));
  }));

/** What Kubernetes makes of `$$` in the value of a variable. */
function unescaped(value: string): string {
  return value.split('$$').join('$');
}
