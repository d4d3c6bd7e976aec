import * as kplus from 'cdk8s-plus-28';
import { testRefusals } from './refusals';
import { CloneRepository, FileSource, GitAuth } from '../src';
import { deployment } from './workload';

const { fromValue, fromSecretValue, fromResource } = kplus.EnvValue;
const secret = { name: 'git' } as kplus.ISecret;
const token = fromSecretValue({ secret, key: 'token' });
const key = FileSource.fromSecret(secret, 'key');
const hosts = FileSource.inline('hosts\n');

testRefusals('GitAuth', [
  ['new', () => new (GitAuth as any)('token'), 'GitAuth: is not made with new; write GitAuth.token or .sshKey'],
  ['hosts of several files',
    () => GitAuth.sshKey(key, FileSource.concat([hosts, FileSource.fromSecret(secret, 'hosts')])),
    "GitAuth: 'knownHosts' must be one file, got inline text, key hosts of Secret git; "
      + 'write it by a CopyFiles, and use FileSource.fromShared'],
  ['a key that may be missing', () => GitAuth.sshKey(FileSource.fromSecret(secret, 'key', { optional: true }), hosts),
    "GitAuth: 'key' must not be optional, got key key of Secret git; leave out { optional: true }"],
  ['a token that would stand in the YAML', () => GitAuth.token(fromValue('secret')),
    "GitAuth: 'token' must not be a text, which would be readable in the YAML, got one; use EnvValue.fromSecretValue"],
  ['a token that is a text in place of a variable', () => GitAuth.token('secret' as unknown as kplus.EnvValue),
    "GitAuth: 'token' must be an EnvValue, got a text; write EnvValue.fromSecretValue({ secret, key })"],
  ['a token that reads the resources of the step',
    () => GitAuth.token(fromResource(kplus.ResourceFieldPaths.CPU_LIMIT)),
    "GitAuth: 'token' must name the container whose resources it reads, got nothing; "
      + 'pass { container } to EnvValue.fromResource, or it would be the step itself'],
  ['an empty user', () => GitAuth.token(token, ''), "GitAuth: 'user' must not be empty, got \"\""],
  ['a user with a line break', () => GitAuth.token(token, 'a\nb'),
    "GitAuth: 'user' must not hold line breaks or other control characters, got \"a\\nb\""],
  ['a key that would stand in the YAML', () => GitAuth.sshKey(FileSource.fromFile(__filename), hosts),
    "GitAuth: 'key' must come from the cluster, because its text would be readable in the YAML, "
      + `got file ${__filename}; use FileSource.fromSecret`],
  ['hosts that are a text', () => GitAuth.sshKey(key, 'hosts' as unknown as FileSource),
    "GitAuth: 'knownHosts' must be a FileSource, got \"hosts\"; "
      + 'write FileSource.inline(text) or FileSource.fromFile(path)'],
]);

testRefusals('CloneRepository', [
  ['a token in place of who clones',
    () => new CloneRepository(deployment(), 'clone', { url: 'https://a/b', auth: 'x' as unknown as GitAuth }),
    "CloneRepository: 'auth' must be a GitAuth, got \"x\"; "
      + 'write GitAuth.token(token) or GitAuth.sshKey(key, knownHosts) [shop/web/clone]'],
]);
