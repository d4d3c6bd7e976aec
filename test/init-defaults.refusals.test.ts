import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { testRefusals } from './refusals';
import { deployment } from './workload';
import { InitDefaults, InitStep } from '../src';

const text = kplus.EnvValue.fromValue('x');
const longText = kplus.EnvValue.fromValue('x'.repeat(128 * 1024));

testRefusals('InitDefaults', [
  ['defaults after the first step',
    () => {
      const web = deployment();
      new InitStep(web, 'wait', { command: ['true'] });
      InitDefaults.set(web, {});
    },
    'InitDefaults: step shop/web/wait already exists and would miss these defaults; '
      + 'set them before the first step below their scope [shop/web]'],
  ['defaults after a step further below',
    () => {
      const web = deployment();
      new InitStep(new Construct(web, 'bundle'), 'wait', { command: ['true'] });
      InitDefaults.set(web.node.root as Construct, {});
    },
    'InitDefaults: step shop/web/bundle/wait already exists and would miss these defaults; '
      + 'set them before the first step below their scope'],
  ['a timeout in seconds, where no types are checked',
    () => InitDefaults.set(deployment(), { timeout: 60 as any }),
    "InitDefaults: 'timeout' must be a Duration, got 60; write Duration.seconds(60) [shop/web]"],
  ['a variable that is a plain text',
    () => InitDefaults.set(deployment(), { env: { PROXY: 'http://proxy' as any } }),
    "InitDefaults: 'env.PROXY' must be an EnvValue, got \"http://proxy\"; "
      + 'write EnvValue.fromValue("http://proxy") [shop/web]'],
  ['a user id where a RunAs belongs',
    () => InitDefaults.set(deployment(), { runAs: 1000 as any }),
    "InitDefaults: 'runAs' must be a RunAs, got 1000; "
      + 'write RunAs.user(1000) or RunAs.inherited() [shop/web]'],
  ['memory as it stands in YAML',
    () => InitDefaults.set(deployment(), { resources: { memory: { limit: '64Mi' as any } } }),
    "InitDefaults: 'resources.memory.limit' must be a Size, got \"64Mi\"; "
      + 'write Size.mebibytes(...) [shop/web]'],
  ['a scope that was not found',
    () => InitDefaults.set(undefined as any, {}),
    "InitDefaults: 'scope' must be a construct, got nothing; if it comes from find(), nothing was found"],
  ['to be asked at a scope that was not found',
    () => InitDefaults.of(undefined as any),
    "InitDefaults: 'scope' must be a construct, got nothing; if it comes from find(), nothing was found"],
  ['a shell image with a space',
    () => InitDefaults.set(deployment(), { shellImage: 'busybox 1.37' }),
    "InitDefaults: 'shellImage' must be an image reference without spaces, "
      + 'got "busybox 1.37" [shop/web]'],
  ['a curl image with a space',
    () => InitDefaults.set(deployment(), { curlImage: 'curl 8' }),
    "InitDefaults: 'curlImage' must be an image reference without spaces, "
      + 'got "curl 8" [shop/web]'],
  ['a default variable that has no name',
    () => InitDefaults.set(deployment(), { env: { 'A B': text } }),
    "InitDefaults: 'env' must have names that Kubernetes takes for environment variables, "
      + 'got "A B" [shop/web]'],
  ['a default variable that is too long',
    () => InitDefaults.set(deployment(), { env: { LONG: longText } }),
    "InitDefaults: 'env' must fit into 128 KiB, name and value together, "
      + 'got 131078 bytes in LONG [shop/web]'],
  ['a registry with a scheme',
    () => InitDefaults.set(deployment(), { registry: 'https://registry.corp.example' }),
    "InitDefaults: 'registry' must be a registry with an optional path, "
      + 'without scheme or final "/", got "https://registry.corp.example" [shop/web]'],
  ['a cluster domain that is a URL',
    () => InitDefaults.set(deployment(), { clusterDomain: 'https://cluster.local' }),
    "InitDefaults: 'clusterDomain' must be a DNS domain, "
      + 'got "https://cluster.local" [shop/web]'],
  ['a default that no step could take',
    () => InitDefaults.set(deployment(), { timeout: Duration.millis(1) }),
    "InitDefaults: 'timeout' must be between one second and one day, in whole seconds, "
      + 'got 0.001 s [shop/web]'],
]);
