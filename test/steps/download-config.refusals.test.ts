import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { DownloadConfig, FileSource, SharedDirectory, type DownloadConfigProps } from '../../src';
import { testAcceptance, testRefusals } from '../refusals';
import { deployment } from '../workload';

const url = 'http://config/app.json';
const text = kplus.EnvValue.fromValue('x');
const cpus = kplus.EnvValue.fromResource(kplus.ResourceFieldPaths.CPU_LIMIT);

function download(props: Partial<DownloadConfigProps>): () => unknown {
  return () => new DownloadConfig(deployment(), 'download', { url, ...props });
}

/** A directory in memory. */
function memory(web: kplus.Deployment): SharedDirectory {
  const props = { medium: kplus.EmptyDirMedium.MEMORY, sizeLimit: Size.mebibytes(128) };
  return new SharedDirectory(web, 'memory', props);
}

const DECLARED = 'must use declared variables only, as ${NAME}';
const PLAIN = 'must take variables without defaults, and in no encoding but url';
const permissions = 'must let the owner read, the group no more than the owner, others no more '
  + 'than the group, and nobody write or run what they may not read';

testRefusals('DownloadConfig', [
  ['a checksum of the wrong length',
    download({ sha256: 'abc' }),
    "DownloadConfig: 'sha256' must be 64 hexadecimal digits, "
      + 'got "abc" [shop/web/download]'],
  ['a checksum that names its kind',
    download({ sha256: `sha256:${'0a'.repeat(32)}` }),
    "DownloadConfig: 'sha256' must be 64 hexadecimal digits, "
      + `got "sha256:${'0a'.repeat(32)}"; `
      + 'leave out sha256: [shop/web/download]'],
  ['a download from elsewhere',
    download({ url: 'file:///etc/passwd' }),
    "DownloadConfig: 'url' must begin with http:// or https://, "
      + 'got "file:///etc/passwd" [shop/web/download]'],
  ['a download with credentials',
    download({ url: 'https://token@config/app.json' }),
    "DownloadConfig: 'url' must not hold credentials, which would be readable in the YAML, "
      + 'got "https://...@config/app.json"; pass them in a header from a Secret [shop/web/download]'],
  ['a download from a URL with a fragment',
    download({ url: 'http://config/#top' }),
    "DownloadConfig: 'url' must not hold a fragment, "
      + 'got "http://config/#top"; remove #top: it is never sent to a server [shop/web/download]'],
  ['a variable of the URL that is not declared',
    download({ url: 'https://config/${TOKEN}/a', variables: {} }),
    `DownloadConfig: 'url' ${DECLARED}, got "\${TOKEN}"; declare it in variables [shop/web/download]`],
  ['a variable of the URL that does not end',
    download({ url: 'https://config/${TOKEN', variables: { TOKEN: text } }),
    `DownloadConfig: 'url' ${DECLARED}, got "\${TOKEN"; declare it in variables [shop/web/download]`],
  ['a default in the URL',
    download({ url: 'https://config/${TOKEN:-x}', variables: { TOKEN: text } }),
    `DownloadConfig: 'url' ${PLAIN}, got "\${TOKEN:-x}"; write \${TOKEN} or \${TOKEN|url} [shop/web/download]`],
  ['another encoding in the URL',
    download({ url: 'https://config/${TOKEN|json}', variables: { TOKEN: text } }),
    `DownloadConfig: 'url' ${PLAIN}, got "\${TOKEN|json}"; write \${TOKEN} or \${TOKEN|url} [shop/web/download]`],
  ['a quote beside a variable in the URL',
    download({ url: 'https://config/"${TOKEN}"', variables: { TOKEN: text } }),
    "DownloadConfig: 'url' must not hold quotes and backslashes beside variables, "
      + 'got "https://config/\\"${TOKEN}\\"" [shop/web/download]'],
  ['another scheme beside a variable in the URL',
    download({ url: 'ftp://${HOST}/a', variables: { HOST: text } }),
    "DownloadConfig: 'url' must begin with http:// or https://, "
      + 'got "ftp://${HOST}/a" [shop/web/download]'],
  ['credentials beside a variable in the URL',
    download({ url: 'https://user:${PASSWORD}@config/a', variables: { PASSWORD: text } }),
    "DownloadConfig: 'url' must not hold credentials, which would be readable in the YAML, "
      + 'got "https://...@config/a"; pass them in a header from a Secret [shop/web/download]'],
  ['a variable that neither the URL nor a header uses',
    download({ url: 'https://config/$TOKEN', variables: { TOKEN: text } }),
    "DownloadConfig: 'variables' must be used in the url or the headers as ${TOKEN}, "
      + 'got "TOKEN"; write ${TOKEN} instead of $TOKEN [shop/web/download]'],
  ['a relative path',
    download({ path: 'app.json' }),
    "DownloadConfig: 'path' must be an absolute path, "
      + 'got "app.json" [shop/web/download]'],
  ['a path with ..',
    download({ path: '/app/../etc/passwd' }),
    'DownloadConfig: \'path\' must not contain "..", '
      + 'got "/app/../etc/passwd" [shop/web/download]'],
  ['a path that is a folder',
    download({ path: '/app/' }),
    "DownloadConfig: 'path' must end in the name of the file, not in its folder, "
      + 'got "/app/"; write /app/download [shop/web/download]'],
  ['a path with a colon',
    download({ path: '/app/a:b' }),
    'DownloadConfig: \'path\' must not contain ":" or control characters, '
      + 'got "/app/a:b" [shop/web/download]'],
  ['a path that is taken',
    () => {
      const web = deployment();
      new DownloadConfig(web, 'one', { url, path: '/app/a.json' });
      new DownloadConfig(web, 'two', { url, path: '/app/a.json' });
    },
    "DownloadConfig: 'path' must be free in container 'main', "
      + 'got "/app/a.json"; volume \'one-files\' is mounted at /app/a.json [shop/web/two]'],
  ['a path below a read-only mount',
    () => {
      const web = deployment();
      new SharedDirectory(web, 'app').mountAt('/app');
      new DownloadConfig(web, 'download', { url, path: '/app/a.json' });
    },
    "DownloadConfig: 'path' must not lie below a read-only mount in container 'main', "
      + 'got "/app/a.json"; volume \'app\' is mounted at /app, '
      + 'and no mount point can be made below a read-only mount [shop/web/download]'],
  ['a path below a ConfigMap of the app',
    () => {
      const web = deployment();
      const config = kplus.ConfigMap.fromConfigMapName(web, 'c', 'config');
      web.containers[0].mount('/app', kplus.Volume.fromConfigMap(web, 'v', config));
      new DownloadConfig(web, 'download', { url, path: '/app/app.json' });
    },
    "DownloadConfig: 'path' must not lie below a read-only mount in container 'main', "
      + 'got "/app/app.json"; volume \'configmap-config\' is mounted at /app, '
      + 'and no mount point can be made below a read-only mount [shop/web/download]'],
  ['a file name with an empty folder',
    download({ fileName: 'a//b' }),
    'DownloadConfig: \'fileName\' must be a file name, with folders before it or not, '
      + 'without ".." and control characters, got "a//b" [shop/web/download]'],
  ['a path whose file name has more than 210 bytes',
    download({ path: `/app/${'x'.repeat(211)}` }),
    `DownloadConfig: 'path' must be at most 210 bytes long, got "${'x'.repeat(76)}... [shop/web/download]`],
  ['an id that could be no file name either',
    () => new DownloadConfig(deployment(), 'a/b', { url }),
    "DownloadConfig: 'id' must be a DNS label (lower-case letters, digits and \"-\", "
      + 'at most 63 characters), got "a/b"; did you mean a-b? [shop/web/a/b]'],
  ['a file name of more than 210 bytes',
    download({ fileName: 'é'.repeat(121) }),
    "DownloadConfig: 'fileName' must be at most 210 bytes long, "
      + `got "${'é'.repeat(76)}... [shop/web/download]`],
  ['a file that another step writes',
    () => {
      const web = deployment();
      const directory = new SharedDirectory(web, 'files');
      new DownloadConfig(web, 'one', { url, directory, fileName: 'a.json' });
      new DownloadConfig(web, 'two', { url, directory, fileName: 'a.json' });
    },
    "DownloadConfig: writes a.json to directory 'files', as step 'one' does; "
      + 'give one of the files another name [shop/web/two]'],
  ['the mode 644 in decimal',
    download({ mode: 644 }),
    "DownloadConfig: 'mode' must be file permissions of at most 0o777, got 0o1204 (644); "
      + 'did you mean 0o644? [shop/web/download]'],
  ['the mode 400 in decimal',
    download({ mode: 400 }),
    `DownloadConfig: 'mode' ${permissions}, `
      + 'got 0o620 (400); did you mean 0o400? [shop/web/download]'],
  ['a mode that lets others do more than the group',
    download({ mode: 0o604 }),
    `DownloadConfig: 'mode' ${permissions}, got 0o604 (388) [shop/web/download]`],
  ['a mode that lets the group do more than the owner',
    download({ mode: 0o460 }),
    `DownloadConfig: 'mode' ${permissions}, got 0o460 (304) [shop/web/download]`],
  ['a mode that lets others do what they cannot read',
    download({ mode: 0o711 }),
    `DownloadConfig: 'mode' ${permissions}, got 0o711 (457) [shop/web/download]`],
  ['a mode that nobody can read',
    download({ mode: 0 }),
    `DownloadConfig: 'mode' ${permissions}, got 0o0 (0) [shop/web/download]`],
  ['a mode with special bits',
    download({ mode: 0o4755 }),
    "DownloadConfig: 'mode' must be file permissions of at most 0o777, "
      + 'got 0o4755 (2541) [shop/web/download]'],
  ['an unknown container',
    download({ path: '/app/app.json', containers: ['sidecar'] }),
    "DownloadConfig: 'containers' must name containers of shop/web, "
      + 'got "sidecar"; it has: main [shop/web/download]'],
  ['an empty list of containers to see the file',
    download({ path: '/app/app.json', containers: [] }),
    "DownloadConfig: 'containers' must name at least one container, got none; "
      + 'leave it out for the first container [shop/web/download]'],
  ['containers without a path',
    download({ containers: ['main'] }),
    "DownloadConfig: 'containers' must come with a path, got main; "
      + 'path is where they see the file [shop/web/download]'],
  ['a container twice',
    download({ path: '/app/app.json', containers: ['main', 'main'] }),
    "DownloadConfig: 'containers' must be different, "
      + 'got "main, main" [shop/web/download]'],
  ['a workload without containers',
    () => new DownloadConfig(deployment({}), 'download', { url, path: '/app/app.json' }),
    "DownloadConfig: nothing can see '/app/app.json', because shop/web has no container yet; "
      + 'add its containers first [shop/web/download]'],
  ['a header with a line break',
    download({ headers: { 'X-Token': 'a\nHost: b' } }),
    "DownloadConfig: 'headers' must not hold line breaks or other control characters, "
      + 'got one in X-Token [shop/web/download]'],
  ['a header that has no name',
    download({ headers: { 'X Token': 'a' } }),
    "DownloadConfig: 'headers' must have names that HTTP takes, "
      + 'got "X Token" [shop/web/download]'],
  ['a header without a value',
    download({ headers: { 'X-Token': ' ' } }),
    "DownloadConfig: 'headers' must have values, "
      + 'got "X-Token:  " [shop/web/download]'],
  ['a variable of a header that is not declared',
    download({ headers: { Authorization: 'Bearer ${TOKEN}' } }),
    "DownloadConfig: 'headers' must use declared variables only, as ${NAME}, "
      + 'got "${TOKEN}"; declare it in variables [shop/web/download]'],
  ['a variable of a header that is not closed',
    download({
      headers: { Authorization: 'Bearer ${TOKEN}', Accept: '${TOKEN' },
      variables: { TOKEN: text },
    }),
    "DownloadConfig: 'headers' must use declared variables only, as ${NAME}, "
      + 'got "${TOKEN"; declare it in variables [shop/web/download]'],
  ['a variable that no header uses',
    download({ headers: { Authorization: 'Bearer TOKEN' }, variables: { TOKEN: text } }),
    "DownloadConfig: 'variables' must be used in the url or the headers as ${TOKEN}, "
      + 'got "TOKEN"; in a TypeScript template literal write \\${TOKEN}, '
      + 'in a Python f-string ${{TOKEN}} [shop/web/download]'],
  ['resources of no container, in a header',
    download({ headers: { 'X-Cpus': '${CPUS}' }, variables: { CPUS: cpus } }),
    "DownloadConfig: 'variables' must name the container whose resources they read, "
      + 'got "CPUS"; pass { container } to EnvValue.fromResource, '
      + 'or it would be the step itself [shop/web/download]'],
  ['certificates for a plain download',
    download({ caCertificate: FileSource.inline('PEM') }),
    "DownloadConfig: 'caCertificate' must be left out for a plain http URL, "
      + 'got inline text [shop/web/download]'],
  ['a size of nothing',
    download({ maxSize: Size.kibibytes(0) }),
    "DownloadConfig: 'maxSize' must be a whole number of kibibytes, at least one, "
      + 'got 0 KiB [shop/web/download]'],
  ['a download larger than its directory',
    () => {
      const web = deployment();
      const directory = new SharedDirectory(web, 'files', { sizeLimit: Size.mebibytes(5) });
      new DownloadConfig(web, 'download', { url, directory });
    },
    "DownloadConfig: 'maxSize' must be at most the 5120 KiB that directory 'files' may hold, "
      + 'got 10240 KiB; set maxSize, or give the directory a larger sizeLimit [shop/web/download]'],
  ['a size in fractions of kibibytes',
    download({ maxSize: Size.kibibytes(1.3) }),
    "DownloadConfig: 'maxSize' must be a whole number of kibibytes, at least one, "
      + 'got 1.3 KiB [shop/web/download]'],
  ['a download larger than the memory of its step',
    () => {
      const web = deployment();
      const directory = memory(web);
      new DownloadConfig(web, 'small', { url, directory, maxSize: Size.mebibytes(63) });
      new DownloadConfig(web, 'large', { url, directory, maxSize: Size.mebibytes(64) });
    },
    "DownloadConfig: 'maxSize' must be less than the step's memory limit of 65536 KiB, "
      + "because directory 'memory' is in memory, got 65536 KiB; "
      + 'set maxSize, or give the step more memory in resources [shop/web/large]'],
  ['a directory of another workload',
    download({ directory: new SharedDirectory(deployment(), 'files') }),
    "DownloadConfig: 'directory' must belong to shop/web, got directory 'files' of shop/web; "
      + 'an emptyDir is seen by the containers of its own pod only [shop/web/download]'],
  ['a timeout of a download with a fraction of a second',
    download({ timeout: Duration.millis(1500) }),
    "DownloadConfig: 'timeout' must be between one second and one day, in whole seconds, "
      + 'got 1.5 s [shop/web/download]'],
  ['a variable that the step would use if it had it',
    download({ env: { var_TOKEN: text } }),
    "DownloadConfig: 'env' must not name variables that begin with step_ or var_, "
      + 'got "var_TOKEN"; the programs of the steps get their own in them [shop/web/download]'],
]);

testAcceptance('DownloadConfig', [
  ['a file name of 210 bytes in a folder', download({ fileName: `a/${'é'.repeat(105)}` })],
  ['a size that fills its directory',
    () => {
      const web = deployment();
      const directory = new SharedDirectory(web, 'files', { sizeLimit: Size.mebibytes(5) });
      new DownloadConfig(web, 'download', { url, directory, maxSize: Size.mebibytes(5) });
    }],
  ['a download into memory that its step has',
    () => {
      const web = deployment();
      new DownloadConfig(web, 'download', {
        url,
        directory: memory(web),
        maxSize: Size.mebibytes(128),
        resources: { memory: { limit: Size.mebibytes(129) } },
      });
    }],
]);
