import { configMap, shell } from './manifests';
import { inNamespace } from './namespace';
import { goldenManifests } from '../golden';
import { podSpecIn } from '../pod-spec';

test('nginx serves with the generated nginx.conf, beside which the mime types of the image are still there', () =>
  inNamespace('nginx-config', async namespace => {
    const [deployment, service] = goldenManifests('nginx-config');
    // The image has no page whose type only mime.types knows, and its file system is read-only: a ConfigMap adds one.
    const { initContainers: [step], containers: [nginx], volumes } = podSpecIn(deployment);
    volumes.push({ name: 'page', configMap: { name: 'page' } });
    nginx.volumeMounts.push({
      name: 'page',
      mountPath: '/usr/share/nginx/html/style.css',
      subPath: 'style.css',
    });

    await namespace.apply([
      configMap('page', { 'style.css': 'body { margin: 0 }\n' }),
      deployment,
      service,
      shell('client', 'exec sleep 3600'),
    ]);
    await Promise.all([namespace.rolledOut('nginx'), namespace.ready('client')]);
    const pod = await namespace.podOf('nginx');

    const wget = ['exec', 'client', '--', 'wget', '-T', '5', '-S', '-O', '/dev/null'];
    const headers = async (page: string) => {
      const { stderr } = await namespace.tryKubectl([...wget, `http://nginx/${page}`]);
      const lines = stderr.split('\n').map(line => line.trim());
      return lines.filter(line => /^(HTTP|Content-Type|X-Served-By)/.test(line));
    };
    const servedBy = `X-Served-By: ${pod.metadata.name}`;
    expect(await headers('index.html')).toEqual(['HTTP/1.1 200 OK', 'Content-Type: text/html', servedBy]);
    expect(await headers('style.css')).toEqual(['HTTP/1.1 200 OK', 'Content-Type: text/css', servedBy]);

    const cat = ['exec', pod.metadata.name, '-c', 'main', '--', 'cat'];
    const conf = await namespace.kubectl([...cat, '/etc/nginx/nginx.conf']);
    const template = step.env.find((each: any) => each.name === 'step_template').value;
    expect(conf).toBe(unescaped(template)
      .replace('${CONNECTIONS:-1024}', '512')
      .replace('${PORT}', '8080')
      .replace('${POD}', pod.metadata.name));
  }));

/** What Kubernetes makes of `$$` in the value of a variable. */
function unescaped(value: string): string {
  return value.split('$$').join('$');
}
