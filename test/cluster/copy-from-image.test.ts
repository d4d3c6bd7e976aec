import { inNamespace } from './namespace';
import { goldenYaml } from '../golden';

test('the app runs a tool from another image, and writes its own configuration', () =>
  inNamespace('copy-from-image', async namespace => {
    await namespace.apply(goldenYaml('copy-from-image'));
    await namespace.rolledOut('site');

    const inApp = async (program: string) =>
      namespace.kubectl(['exec', 'deployment/site', '-c', 'nginx', '--', 'sh', '-c', program]);
    expect(await inApp('/opt/tools/busybox echo it runs')).toBe('it runs\n');
    expect(await inApp('/opt/tools/busybox touch /opt/tools/x 2>/dev/null || echo read-only')).toBe('read-only\n');
    expect(await inApp('cd /etc/nginx && echo mine >mine && /opt/tools/busybox cat mine')).toBe('mine\n');
    expect(await inApp('/opt/tools/busybox find /etc/nginx -name ".init*" && echo none')).toBe('none\n');
    expect(await namespace.log('deployment/site', 'copy-tools')).toMatch(/Z copy-tools: entries put into \/out: 1\n$/);
  }));
