/** Signatures beside a real server of S3, which works them out anew. */
import { execFileSync } from 'child_process';
import { createHash } from 'crypto';
import { writeFileSync } from 'fs';
import { join } from 'path';
import { Duration, Size } from 'cdk8s';
import { endOf, withServerIfThere } from './asking';
import { folderFor, MADE, programOf, Server, stopServersAfterwards, until } from './server';
import { Endpoint, HttpAuth, type AwsSignatureOptions, type DownloadConfigProps } from '../../src';
import { KINDS } from '../lab/images';
import { closedPort } from '../lab/servers';
import { downloading, secret, waiting } from '../lab/steps';

stopServersAfterwards();

const secrets = { id: 'AKIAEXAMPLE', key: 'very"secret\\key/+= #\'', wrong: 'another' };
const LARGE = Buffer.from('0123456789abcde\n'.repeat(2 * 1024 * 1024));
const NAMES = [
  'plain.json', 'a%20b.json', 'a%2Bb%3D%26%2C%3B.json', '%C3%A9%E4%B8%AD.json', 'x/y/100%25.json', '%27%28%29%21%2A',
];

function signature(options: Partial<AwsSignatureOptions> = {}): HttpAuth {
  return HttpAuth.awsSignature({
    accessKeyId: secret('id'), secretAccessKey: secret('key'), region: 'us-east-1', ...options,
  });
}

withServerIfThere('SeaweedFS', programOf(join(MADE, 'seaweedfs')), program => {
  let bucket: string;

  /** Asks as the owner of the bucket. */
  function put(path: string, body?: Buffer): void {
    const options = ['-fsSg', '-X', 'PUT', '--aws-sigv4', 'aws:amz:us-east-1:s3', '-u', `${secrets.id}:${secrets.key}`];
    const upload = body ? ['-T', '-'] : [];
    execFileSync(KINDS[0].curl!, [...options, ...upload, `${bucket}${path}`], { input: body, stdio: 'pipe' });
  }

  beforeAll(async () => {
    const folder = folderFor();
    const ports = [await closedPort(), await closedPort(), await closedPort(), await closedPort()];
    const web = { accessKey: secrets.id, secretKey: secrets.key };
    const identities = [{ name: 'web', credentials: [web], actions: ['Admin', 'Read', 'Write', 'List'] }];
    writeFileSync(join(folder, 's3.json'), JSON.stringify({ identities }));
    new Server(folder, [
      program, 'server', `-dir=${folder}`, '-ip=127.0.0.1', '-ip.bind=127.0.0.1', '-filer', '-s3',
      '-master.volumeSizeLimitMB=64', '-volume.max=8', `-s3.config=${join(folder, 's3.json')}`,
      ...['master', 'volume', 'filer', 's3'].map((name, index) => `-${name}.port=${ports[index]}`),
    ]);
    bucket = `http://127.0.0.1:${ports[3]}/conf`;
    await until('a bucket', () => {
      try {
        put('');
        return true;
      } catch {
        return false;
      }
    });
    for (const name of NAMES) put(`/${name}`, Buffer.from(name));
    put('/large', LARGE);
  }, 120_000);

  const get = (path: string, props: Partial<DownloadConfigProps> = {}) =>
    endOf(downloading({ url: `${bucket}${path}`, auth: signature(), ...props }), secrets);

  test.each(NAMES)('an object is downloaded that is called %s', async name => {
    expect(await get(`/${name}`)).toMatchObject({ exitCode: 0, files: { '/out/app.json': name } });
  });

  test('a variable in its name is signed as it is encoded', async () => {
    const { files } = await endOf(downloading({
      url: `${bucket}/\${NAME|url}?versionId=null`, variables: { NAME: secret('name') }, auth: signature(),
    }), { ...secrets, name: 'a b.json' });

    expect(files).toEqual({ '/out/app.json': 'a%20b.json' });
  });

  test('a large object is whole', async () => {
    const sum = createHash('sha256').update(LARGE).digest('hex');

    expect(await get('/large', { sha256: sum, maxSize: Size.mebibytes(32) })).toMatchObject({
      exitCode: 0, last: `downloaded ${bucket}/large: ${LARGE.length} bytes, sha256 ${sum}`,
    });
  });

  test('a wrong key fails with status 403, and an object that is not there with status 404', async () => {
    const wrong = { exitCode: 1, last: `${bucket}/plain.json: status 403`, files: {} };

    expect(await get('/plain.json', { auth: signature({ secretAccessKey: secret('wrong') }) })).toEqual(wrong);
    expect(await get('/plain.json', { auth: signature({ accessKeyId: secret('wrong') }) })).toEqual(wrong);
    expect(await get('/plain.json', { auth: undefined })).toEqual(wrong);
    expect(await get('/none.json')).toEqual({ exitCode: 1, last: `${bucket}/none.json: status 404`, files: {} });
  });

  test('a wait is let in with the right key only', async () => {
    const asked = (auth: HttpAuth) => endOf(
      waiting([Endpoint.http(`${bucket}/?max-keys=0`, { auth })], { timeout: Duration.seconds(2) }), secrets,
    );

    expect((await asked(signature())).exitCode).toBe(0);
    expect((await asked(signature({ secretAccessKey: secret('wrong') }))).last).toContain(': status 403 ');
  });
});
