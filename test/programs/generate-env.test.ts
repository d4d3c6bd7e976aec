import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { envFile, readVariable } from '../lab/env-file';
import { run, type RunOptions } from '../lab/run';
import { inEveryShell, notMade, type Case, type Shell } from '../lab/shells';
import { generatingVariables, secret } from '../lab/steps';

const FILE = '/out/app.env';

const folder = mkdtempSync(join(tmpdir(), 'generate-env-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Texts {
  readonly [name: string]: string;
}

/** A step with these variables, which are those of a Secret. */
async function generate(templates: Texts, values: Texts, shell: Shell, options?: RunOptions) {
  const variables = Object.fromEntries(Object.keys(values).map(name => [name, secret(name)]));
  const container = generatingVariables({ templates, variables });
  const { exitCode, said, files, modes } = await run(container, shell, { secrets: values, ...options });
  return { exitCode, said, file: files[FILE], mode: modes[FILE] };
}

/** What must reach the app as it is. */
const EXACT: Texts = Object.fromEntries([
  'x', ' ', '  a\t', '"', '\\', '\\n', '\n', '\n\n', 'a\nb=c\n', '#', ' # no comment', '$', '$$', '$(A)',
  '`id`', '${B}', '%s%d', '&', '=', '\r', 'a\r', 'a\rb', '\t', 'é日😀\u2027', '-n', '-e a', '*', '~',
  'export A', '\x01\x7f', 'x'.repeat(30_000), 'a line\n'.repeat(4_000),
].map((value, index) => [`V${index}`, value]));
const AS_THEY_ARE: Texts = Object.fromEntries(Object.keys(EXACT).map(name => [name, `\${${name}}`]));

/** The longest value of a variable with a name of one letter. */
const MOST = 'x'.repeat(65_536 - "A=''\n".length);

const wrong: readonly (readonly [name: string, value: string, reason: string])[] = [
  ['a single quote', "it's", 'holds a single quote, with which it ends for Kubernetes'],
  ['nothing', '', 'is empty, which Kubernetes takes for missing'],
  ['a line break of Windows', 'a\r\nb', 'holds a line break of Windows, which Kubernetes changes'],
];

if (envFile === undefined) notMade('the reader of env files of Kubernetes', '.ci/lab');

inEveryShell([
  ['variables are written in lines of their own, and nobody else may read them', async shell => {
    const templates = { URL: 'postgres://${USER|url}:${PASSWORD|url}@db/shop', GREETING: 'a $A "${USER}"' };

    expect(await generate(templates, { USER: 'shop', PASSWORD: "p@ss'word" }, shell)).toEqual({
      exitCode: 0,
      said: ['wrote variables for the app: 2'],
      file: "GREETING='a $A \"shop\"'\nURL='postgres://shop:p%40ss%27word@db/shop'\n",
      mode: '600',
    });
  }],
  ['each value is written byte for byte', async shell => {
    const { exitCode, file } = await generate(AS_THEY_ARE, EXACT, shell);

    const lines = Object.keys(EXACT).sort().map(name => `${name}='${EXACT[name]}'\n`);
    expect({ exitCode, file }).toEqual({ exitCode: 0, file: lines.join('') });
  }],
  ...wrong.map(([what, value, reason]) => [`${what} ends the step, which leaves the file of before`, async shell => {
    const before = { [FILE]: "A='old'\n" };

    const { exitCode, said, file } = await generate({ B: 'b', C: '${A}' }, { A: value }, shell, { files: before });

    expect({ exitCode, reason: said.at(-1), file }).toEqual({ exitCode: 2, reason: `C ${reason}`, file: "A='old'\n" });
  }] as Case),
  ['what an encoding writes is looked at, and not what it was made of', async shell => {
    const { exitCode, file } = await generate({ B: '${A|url} ${A|json}${C:-none}' }, { A: 'a\r\nb', C: '' }, shell);

    expect({ exitCode, file }).toEqual({ exitCode: 0, file: "B='a%0D%0Ab \"a\\u000d\\u000ab\"none'\n" });
  }],
  ['as much as the kubelet reads is written, and one byte more ends the step', async shell => {
    const [fits, large] = [
      await generate({ A: '${B}' }, { B: MOST }, shell), await generate({ A: '${B}y' }, { B: MOST }, shell),
    ];

    expect(fits).toEqual({
      exitCode: 0, said: ['wrote variables for the app: 1'], file: `A='${MOST}'\n`, mode: '600',
    });
    expect(large).toEqual({
      exitCode: 2, said: ['65537 bytes of variables, but Kubernetes reads 65536'], file: undefined, mode: undefined,
    });
  }],
  ['a variable without a value ends the step', async shell => {
    const { exitCode, said, file } = await generate(
      { URL: 'a:${PASSWORD}' }, { PASSWORD: 'x' }, shell, { secrets: {} },
    );

    expect({ exitCode, said, file })
      .toEqual({ exitCode: 2, said: ['variable PASSWORD has no value'], file: undefined });
  }],
  ['a value that ends in a line break is kept, and that is said', async shell => {
    const { said, file } = await generate({ B: '${A}' }, { A: 'a\n' }, shell);

    expect({ said, file }).toEqual({
      said: ['these variables end in a line break: A', 'wrote variables for the app: 1'], file: "B='a\n'\n",
    });
  }],
  ...envFile === undefined ? [] : readings(),
]);

/** What Kubernetes' own reader makes of the file. */
function readings(): Case[] {
  return [
    ['the kubelet reads each value as it was', async shell => {
      const pod = mkdtempSync(join(folder, 'pod-'));

      const { exitCode } = await generate(AS_THEY_ARE, EXACT, shell, { folder: pod });

      expect({ exitCode, read: Object.keys(EXACT).map(name => readVariable(join(pod, FILE), name)) })
        .toEqual({ exitCode: 0, read: Object.values(EXACT) });
    }],
    ['the kubelet reads the longest line that is written', async shell => {
      const pod = mkdtempSync(join(folder, 'pod-'));

      await generate({ A: '${B}' }, { B: MOST }, shell, { folder: pod });

      expect(readVariable(join(pod, FILE), 'A')).toBe(MOST);
    }],
  ];
}
