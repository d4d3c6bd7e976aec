/** Texts that a step puts together, or that may be missing. */
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import * as kplus from 'cdk8s-plus-28';
import { Endpoint, FileSource, FileTree } from '../../src';
import type { Container } from '../lab/container';
import { entriesOf, modeOf } from '../lab/entries';
import { run } from '../lab/run';
import { certificate, closeServersAfterwards, httpServer, otherCertificate, status } from '../lab/servers';
import { inEveryContainer, type Shell } from '../lab/shells';
import { configMap, copyingFiles, downloading, generating, trusting, waiting } from '../lab/steps';
import { volumes } from '../lab/volumes';

closeServersAfterwards();

const folder = mkdtempSync(join(tmpdir(), 'parted-texts-'));
afterAll(() => rmSync(folder, { recursive: true }));

const variables = { A: kplus.EnvValue.fromValue('a') };
const key = (name: string) => FileSource.fromConfigMap(configMap, name);
const optional = (name: string) => FileSource.fromConfigMap(configMap, name, { optional: true });

/** How a step ends, and what it has written. */
async function ended(container: Container, shell: Shell, read: { [path: string]: string }) {
  const root = volumes(folder, { read });
  const { exitCode, said } = await run(container, shell, { folder: root });
  const out = join(root, 'out');
  const left = entriesOf(out);
  return { exitCode, said, left, modes: Object.keys(left).map(path => modeOf(join(out, path))) };
}

/** What a template of two keys and an optional one becomes. */
async function generated(shell: Shell, one: string, two: string, three?: string): Promise<string | undefined> {
  const template = FileSource.concat([key('one'), key('two'), optional('three')]);
  const read = {
    'in/template-1': one,
    'in/template-2': two,
    ...three === undefined ? {} : { 'in/template-3/text': three },
  };
  return (await ended(generating({ template, variables }), shell, read)).left['app.conf'];
}

const JOINED: readonly (readonly [one: string, two: string, three: string | undefined, whole: string])[] = [
  ['1\n', '2\n', '3\n', '1\n2\n3\n'],
  ['1', '2', '3', '1\n2\n3'],
  ['1', '2\n\n', '3', '1\n2\n\n3'],
  ['', '2', '', '2'],
  ['1', '2', undefined, '1\n2'],
  ['1\n', '', undefined, '1\n'],
  ['', '', undefined, ''],
  ['é', 'ü\r', '日\r\n', 'é\nü\r\n日\r\n'],
];

const pem = certificate?.cert ?? '';
const trusted = FileSource.concat([
  optional('corp.crt'), FileSource.inline(otherCertificate?.cert.trimEnd() ?? ''), key('ca.crt'),
]);
const certificates = (name: string) => ({
  [`in/${name}-2`]: otherCertificate?.cert.trimEnd() ?? '', [`in/${name}-3`]: pem,
});

inEveryContainer([
  ['parts of a template begin in lines of their own, and one that is empty or missing is left out', async shell => {
    const wholes = await Promise.all(JOINED.map(([one, two, three]) => generated(shell, one, two, three)));

    expect(wholes).toEqual(JOINED.map(([, , , whole]) => whole));
  }],
  ['variables of all parts are replaced, also in a text that is known', async shell => {
    const template = FileSource.concat([FileSource.inline('${A} 1'), key('two'), optional('three')]);

    expect(await ended(generating({ template, variables }), shell, {
      'in/template-1': '${A} 1', 'in/template-2': '${A|json} $${A}\n', 'in/template-3/text': '${A}${B}',
    })).toEqual({
      exitCode: 0,
      said: ['not declared, and left as it is: B', 'wrote /out/app.conf, 18 bytes'],
      left: { 'app.conf': 'a 1\n"a" ${A}\na${B}' },
      modes: ['644'],
    });
  }],
  ['a template that may be missing and is makes an empty file', async shell => {
    expect(await ended(generating({ template: optional('app.tpl') }), shell, {})).toEqual({
      exitCode: 0,
      said: ['part 1 of the template is not there: left out', 'wrote /out/app.conf, 0 bytes'],
      left: { 'app.conf': '' },
      modes: ['644'],
    });
  }],
  ['a part that is no text ends the step', async shell => {
    const template = FileSource.concat([key('one'), optional('two')]);

    expect(await ended(generating({ template }), shell, { 'in/template-1': '1', 'in/template-2/text': 'a\0b' }))
      .toEqual({
        exitCode: 2,
        said: ['template /in/template-2/text is no text: it holds NUL characters; is it UTF-16?'],
        left: {},
        modes: [],
      });
  }],
  ['texts of CopyFiles are put together byte for byte, and one that is missing becomes empty', async shell => {
    const sources = [FileTree.fromTexts({
      'all.conf': FileSource.concat([key('one'), FileSource.inline('x'), optional('two')]),
      'none.conf': optional('three'),
    })];

    expect(await ended(copyingFiles({ sources }), shell, { 'in/text-1-1': '${A}\0', 'in/text-1-2': 'x' })).toEqual({
      exitCode: 0,
      said: [
        'part 3 of all.conf is not there: left out',
        'part 1 of none.conf is not there: left out',
        'files put into /out: 2',
      ],
      left: { 'all.conf': '${A}\0\nx', 'none.conf': '' },
      modes: ['644', '644'],
    });
  }],
  ['texts of CopyFiles that are put together are templates where there are variables', async shell => {
    const sources = [FileTree.fromTexts({
      a: FileSource.concat([key('one'), optional('two')]), b: key('three'), c: optional('four'),
    })];

    expect(await ended(copyingFiles({ sources, variables }), shell, {
      'in/text-1-1': '${A}', 'in/text-1-2/text': '$${A}\n', 'in/text-3': '${A|json}',
    })).toEqual({
      exitCode: 0,
      said: ['part 1 of c is not there: left out', 'files put into /out: 3'],
      left: { a: 'a\n${A}\n', b: '"a"', c: '' },
      modes: ['644', '644', '644'],
    });
  }],
  ['texts of CopyFiles that are put together stay as they are beside a text with a placeholder', async shell => {
    const sources = [FileTree.fromTexts({
      a: FileSource.inline('$${A}'), b: FileSource.concat([key('one'), FileSource.inline('x')]),
    })];

    expect(await ended(copyingFiles({ sources }), shell, { 'in/text-1-1': '$${A}', 'in/text-1-2': 'x' })).toEqual({
      exitCode: 0, said: ['files put into /out: 2'], left: { a: '${A}', b: '$${A}\nx' }, modes: ['644', '644'],
    });
  }],
  ['certificates of several parts are trusted by a download and by a wait', async shell => {
    const { url } = await httpServer(status(200, 'text'), 0, certificate);
    const [download, wait] = [
      downloading({ url, caCertificate: trusted }), waiting([Endpoint.http(url, { caCertificate: trusted })]),
    ];

    const downloaded = await ended(download, shell, certificates('ca-certificate'));
    const waited = await ended(wait, shell, certificates('ca-certificate-1'));

    expect([downloaded, waited].map(({ exitCode, left }) => ({ exitCode, left })))
      .toEqual([{ exitCode: 0, left: { 'app.json': 'text' } }, { exitCode: 0, left: {} }]);
  }],
  ['certificates that may be missing and are leave the others to be trusted', async shell => {
    const container = trusting({ certificates: [optional('corp.crt'), trusted, optional('other.crt')] });

    const { exitCode, left, said } = await ended(container, shell, {
      'in/certificates-4': pem, 'in/certificates-5/text': pem,
    });

    const many = left['ca-certificates.crt']?.split(pem.trimEnd()).length;
    expect({ exitCode, many }).toEqual({ exitCode: 0, many: 3 });
    const missing = 'key corp.crt of ConfigMap test is not there: left out';
    expect(said.slice(0, -1)).toEqual([missing, missing]);
  }],
  ['a certificate that may be missing and is no certificate ends the step', async shell => {
    const container = trusting({ certificates: [optional('corp.crt')] });

    expect(await ended(container, shell, { 'in/certificates-1/text': 'none' })).toEqual({
      exitCode: 2, said: ['key corp.crt of ConfigMap test holds no certificates in PEM form'], left: {}, modes: [],
    });
  }],
]);
