import { secret, shell } from './manifests';
import { inNamespace } from './namespace';
import { goldenYaml } from '../golden';

/** `reader:night`, as `openssl passwd -apr1 -salt 12345678` writes it. */
const HTPASSWD = 'reader:$apr1$12345678$rIkgo/3o9cKwnCivNTQGr0\n';

test('nginx reads one folder of a ConfigMap, a template and a Secret, which is in memory', () =>
  inNamespace('copy-files', async namespace => {
    await namespace.apply([secret('site-passwords', { htpasswd: HTPASSWD }), shell('client', 'exec sleep 3600')]);
    await namespace.apply(goldenYaml('copy-files'));
    await Promise.all([namespace.rolledOut('intranet'), namespace.ready('client')]);
    const pod = await namespace.podOf('intranet');

    const get = async (url: string) => {
      const { stderr } = await namespace.tryKubectl(
        ['exec', 'client', '--', 'wget', '-T', '5', '-S', '-O', '/dev/null', url],
      );
      return stderr.split('\n').map(line => line.trim()).filter(line => /^(HTTP|X-Served-By)/.test(line));
    };
    const servedBy = `X-Served-By: ${pod.metadata.name}`;
    expect(await get('http://intranet/index.html')).toEqual(['HTTP/1.1 401 Unauthorized']);
    expect(await get('http://reader:night@intranet/index.html')).toEqual(['HTTP/1.1 200 OK', servedBy]);
    const look = 'cd /etc/nginx/conf.d && find . -type f | sort && df . | tail -1 | cut -d " " -f 1';
    expect(await namespace.kubectl(['exec', pod.metadata.name, '-c', 'nginx', '--', 'sh', '-c', look]))
      .toBe('./auth/site.htpasswd\n./default.conf\n./gzip.conf\n./headers.conf\ntmpfs\n');
    expect(await namespace.log(pod.metadata.name, 'nginx-conf')).toMatch(/Z nginx-conf: files put into \/out: 4\n$/);
  }));
