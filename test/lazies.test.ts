import { Lazy } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { deployment, podSpec } from './workload';
import {
  DownloadConfig, Endpoint, FileSource, InitStep, type DownloadConfigProps, type InitStepProps,
} from '../src';

const lazy = (text: string): string => Lazy.any({ produce: () => text });

function envOf(value: kplus.EnvValue): unknown {
  const web = deployment();
  new InitStep(web, 'step', { image: 'tool:1', env: { PASSWORD: value } });
  return podSpec(web).initContainers[0].env;
}

test('a variable whose value is known at synth only makes the same YAML as one whose value is known now', () => {
  const text = 'pa$$word$(MODE)';

  expect(envOf(kplus.EnvValue.fromValue(lazy(text)))).toEqual(envOf(kplus.EnvValue.fromValue(text)));
});

const download = (props: Partial<DownloadConfigProps>) =>
  new DownloadConfig(deployment(), 'get', { url: 'http://api', ...props });
const step = (props: InitStepProps) => new InitStep(deployment(), 'step', { image: 'tool:1', ...props });

test.each<[string, () => unknown, string]>([
  ['a host', () => Endpoint.tcp(lazy('db'), 5432), "Endpoint: 'host' must be a text"],
  ['a URL', () => Endpoint.http(lazy('http://api')), "Endpoint: 'url' must be a text"],
  ['a name', () => Endpoint.dns(lazy('db')), "Endpoint: 'name' must be a text"],
  ['a text', () => FileSource.inline(lazy('text')), "FileSource: 'text' must be a text"],
  ['a URL to download', () => download({ url: lazy('http://api') }), "DownloadConfig: 'url' must be a text"],
  ['a path', () => download({ path: lazy('/app/file') }), "DownloadConfig: 'path' must be a text"],
  ['a command', () => step({ command: ['tool', lazy('x')] }), "InitStep: 'command' must hold texts"],
  ['an argument', () => step({ args: [lazy('x')] }), "InitStep: 'args' must hold texts"],
])('%s that is known at synth only is refused in words', (_, make, refused) => {
  expect(make).toThrow(`${refused}, got an object of class Lazy; give its value, which must be known now`);
});
