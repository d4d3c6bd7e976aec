import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { ArchiveFormat, DownloadArchive, FileSource, IfPresent, type DownloadArchiveProps } from '../../src';
import { downloadArchive } from '../../src/programs';
import { deployment, podSpec } from '../workload';

const url = 'https://releases/manual-2.1.tar.gz';

function unpacked(props: Partial<DownloadArchiveProps> = {}): any {
  const web = deployment();
  new DownloadArchive(web, 'unpack', { url, ...props });
  return podSpec(web);
}

test('an archive is unpacked into a directory with room, which the app sees', () => {
  const { initContainers: [step], containers: [main], volumes } = unpacked({
    sha256: 'A'.repeat(64), stripComponents: 1, path: '/app/manual', maxSize: Size.mebibytes(100),
  });

  expect(step).toMatchObject({
    command: ['sh', '-c', downloadArchive({ format: 'tar.gz', keep: false, include: false, verify: 'sum' }).text],
    args: ['unpack'],
    env: [
      { name: 'step_folder', value: '/out' },
      { name: 'step_max_size', value: '104857600' },
      { name: 'step_pod', valueFrom: { fieldRef: { fieldPath: 'metadata.uid' } } },
      { name: 'step_sha256', value: 'a'.repeat(64) },
      { name: 'step_strip_components', value: '1' },
      { name: 'step_timeout', value: '660' },
      { name: 'step_url', value: url },
    ],
    volumeMounts: [{ mountPath: '/out', name: 'unpack-files' }],
  });
  expect(step.image).toMatch(/curlimages\/curl:/);
  expect(main.volumeMounts).toEqual([{ mountPath: '/app/manual', name: 'unpack-files', readOnly: true }]);
  expect(volumes).toEqual([{ name: 'unpack-files', emptyDir: { sizeLimit: '300Mi' } }]);
});

test('what is wanted is named as it is called in the archive', () => {
  const { initContainers: [step] } = unpacked({ include: ['a/bin', 'b/c d'], stripComponents: 1 });

  expect(step.env[1]).toEqual({ name: 'step_include', value: 'a/bin\nb/c d' });
});

test.each([
  ['https://a/b.tar?x=.zip', ArchiveFormat.TAR],
  ['https://a/b.TGZ', ArchiveFormat.TAR_GZ],
  ['https://a/b.war', ArchiveFormat.ZIP],
])('the end of %s tells that it is a %s', (given, format) => {
  expect(unpacked({ url: given }).initContainers[0].command[2])
    .toBe(downloadArchive({ format, keep: false, include: false, verify: 'length' }).text);
});

test('a request may have a token and certificates of its own, and entries may be kept', () => {
  const { initContainers: [step] } = unpacked({
    format: ArchiveFormat.ZIP,
    headers: { Authorization: 'Bearer ${TOKEN}' },
    variables: { TOKEN: kplus.EnvValue.fromValue('t') },
    caCertificate: FileSource.inline('PEM'),
    ifPresent: IfPresent.KEEP,
  });

  expect(step.command[2]).toBe(downloadArchive({
    format: 'zip', keep: true, include: false, verify: 'length', hasHeaders: true, certificate: 'text',
  }).text);
});
