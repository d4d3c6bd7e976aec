import * as kplus from 'cdk8s-plus-28';
import { deployment, podSpec } from './workload';
import {
  CopyFiles, Endpoint, FileSource, FileTree, InitStep, WaitForService,
} from '../src';

test('the statuses of an endpoint do not change with the list that they came in, nor by what is added to them', () => {
  const statusCodes = [200];
  const endpoint = Endpoint.http('http://api', { statusCodes });
  statusCodes.push(404);

  expect(() => endpoint.statusCodes!.push(500)).toThrow(TypeError);
  expect(endpoint.statusCodes).toEqual([200]);
  expect(endpoint.answeredByOthers().statusCodes).toEqual([200]);
});

test('nor do its headers and variables, nor the values of an address', () => {
  const secret = kplus.EnvValue.fromSecretValue({ secret: { name: 'db' } as kplus.ISecret, key: 'key' });
  const { headers, variables } = Endpoint.http('http://api', { headers: { A: '${B}' }, variables: { B: secret } });
  const { addressValues } = Endpoint.urlFrom(secret);

  for (const map of [headers, variables, addressValues] as { [name: string]: unknown }[]) {
    expect(() => { map.C = 'c'; }).toThrow(TypeError);
  }
});

test('nobody changes the endpoints of a wait and the outputs of a step afterwards', () => {
  const web = deployment();
  const database = Endpoint.tcp('db', 5432);
  const wait = new WaitForService(web, 'wait', { endpoints: [database] });
  const { outputFiles, outputFolders } = new InitStep(web, 'render', {
    image: 'tool:1', outputFiles: { '/a/one': {} }, outputFolders: { '/b': {} },
  });

  expect(() => wait.endpoints.push(database)).toThrow(TypeError);
  expect(() => { delete outputFiles['/a/one']; }).toThrow(TypeError);
  expect(() => { delete outputFolders['/b']; }).toThrow(TypeError);
});

test('the files of a tree do not change with the maps that they came in', () => {
  const texts = { a: FileSource.inline('1') };
  const items: { [key: string]: { path: string } } = { key: { path: 'b' } };
  const sources = [FileTree.fromTexts(texts), FileTree.fromConfigMap({ name: 'defaults' } as never, { items })];
  texts.a = FileSource.inline('2');
  items.other = { path: 'c' };
  const web = deployment();
  new CopyFiles(web, 'copy', { sources });

  const [{ args }] = podSpec(web).initContainers;
  expect(args).toEqual(['copy', 'text', '1', 'a', '0644', 'file', '/in/source-1/key', 'b', '0644']);
});
