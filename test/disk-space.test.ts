import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { deployment, podSpec } from './workload';
import { synthesizedPodSpec, workloadKinds } from './workload-kinds';
import {
  CopyFiles, CopyFromImage, DownloadArchive, FileTree, InitDefaults, SharedDirectory, type FolderStepProps,
} from '../src';

const memory = { request: Size.mebibytes(32) };
const small = Size.mebibytes(100);
const large = Size.mebibytes(600);

const unpack = (web: Construct, props: Partial<FolderStepProps>) =>
  new DownloadArchive(web, 'unpack', { url: 'https://files/site.tar.gz', ...props });

/** What the first step of a pod requests. */
function requestsOf(make: (web: kplus.Deployment) => unknown): { [name: string]: string } {
  const web = deployment();
  make(web);
  return podSpec(web).initContainers[0].resources.requests;
}

const usual = { cpu: '10m', memory: '16Mi' };

test.each<[string, object, (web: kplus.Deployment) => unknown]>([
  ['as much as the directory of the step may hold, in whole GiB', { ...usual, 'ephemeral-storage': '2Gi' },
    web => unpack(web, { maxSize: large })],
  ['so much by default', { ...usual, 'ephemeral-storage': '1Gi' },
    web => new CopyFromImage(web, 'copy', { image: 'tool:1', files: { a: '/a' } })],
  ['nothing for a directory that may hold little', usual, web => unpack(web, { maxSize: small })],
  ['nothing for a directory in memory', { cpu: '10m', memory: '16Mi' }, web => {
    InitDefaults.set(web, {
      resources: {
        cpu: { request: kplus.Cpu.millis(10) }, memory: { request: Size.mebibytes(16), limit: Size.gibibytes(4) },
      },
    });
    const sources = [FileTree.fromSecret({ name: 'models' } as kplus.ISecret)];
    new CopyFiles(web, 'copy', { sources, maxSize: large });
  }],
  ['nothing for a directory of others', usual,
    web => unpack(web, { maxSize: large, directory: kplus.Volume.fromHostPath(web, 'v', 'data', { path: '/data' }) })],
  ['nothing for a directory that several steps share', usual, web => {
    const directory = new SharedDirectory(web, 'shared', { sizeLimit: Size.gibibytes(2) });
    unpack(web, { maxSize: large, directory });
  }],
  ['nothing where the resources of the step are written', { memory: '32Mi' },
    web => unpack(web, { maxSize: large, resources: { memory } })],
  ['it beside the resources of all steps', { 'memory': '32Mi', 'ephemeral-storage': '2Gi' }, web => {
    InitDefaults.set(web, { resources: { memory } });
    unpack(web, { maxSize: large });
  }],
  ['what all steps request if they say so', { 'memory': '32Mi', 'ephemeral-storage': '5Gi' }, web => {
    InitDefaults.set(web, { resources: { memory, ephemeralStorage: { request: Size.gibibytes(5) } } });
    unpack(web, { maxSize: large });
  }],
])('a step requests of the disk %s', (_, requests, make) => {
  expect(requestsOf(make)).toEqual(requests);
});

test.each(workloadKinds)('a step of %s has a request and no limit', (_, make) => {
  const { initContainers: [{ resources }] } = synthesizedPodSpec(make, web => unpack(web, { maxSize: large }));

  expect(resources).toEqual({
    limits: { cpu: '500m', memory: '64Mi' }, requests: { ...usual, 'ephemeral-storage': '2Gi' },
  });
});
