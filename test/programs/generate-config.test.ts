import * as kplus from 'cdk8s-plus-28';
import { FileSource } from '../../src';
import { inLab } from '../lab/container';
import { run, type Run, type RunOptions } from '../lab/run';
import { inEveryShell, type Case, type Shell } from '../lab/shells';
import { configMap, generating, secret } from '../lab/steps';

const FILE = '/out/app.conf';
const end = ({ exitCode, last, files }: Run) => ({ exitCode, last, files });

interface Values {
  readonly [name: string]: string;
}

function generate(template: string, values: Values, shell: Shell, options?: RunOptions): Promise<Run> {
  const variables = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, kplus.EnvValue.fromValue(value)]),
  );
  return run(generating({ template: FileSource.inline(template), variables }), shell, options);
}

const TEXTS: [sentence: string, template: string, values: { [name: string]: string }, file: string][] = [
  ['a text without variables stays', 'a\nb\n', {}, 'a\nb\n'],
  ['an empty template makes an empty file', '', {}, ''],
  ['final newlines stay', '${A}\n\n\n', { A: 'a' }, 'a\n\n\n'],
  ['a text without a final newline gets none', 'a\n${A}', { A: 'b' }, 'a\nb'],
  ['carriage returns and tabs stay', 'a\r\n\t${A}\r\n', { A: '\tb\r' }, 'a\r\n\t\tb\r\r\n'],
  ['variables of other programs stay', '$host ${other} $1 ${ A } $A ${A $(A) `A` %s \\n & #{A}\n${A}', { A: 'a' },
    '$host ${other} $1 ${ A } $A ${A $(A) `A` %s \\n & #{A}\na'],
  ['a second dollar makes it literal', '$${A} $$${A} $${A:-b} ${A}', { A: 'a' }, '${A} $${A} ${A:-b} a'],
  ['a second dollar makes a name literal that nobody declared', '$${B} $$${B} $${B:-x} $${B|json} ${A}', { A: 'a' },
    '${B} $${B} ${B:-x} ${B|json} a'],
  ['a value can be a text of JSON', '{"a": ${A|json}, "b": ${B|json:-"x"}}', { A: '"\\\n\té\u2027/', B: '' },
    '{"a": "\\"\\\\\\u000a\\u0009é\u2027/", "b": "\\"x\\""}'],
  ['a value can be a part of a URL', 'postgres://${A|url}@db', { A: 'a:B-1._~/é@ ?&%+' },
    'postgres://a%3AB-1._~%2F%C3%A9%40%20%3F%26%25%2B@db'],
  ['a value can be in base64', '${A|base64} ${B|base64} ${C|base64} ${D|base64}',
    { A: 'abc', B: 'ab\n', C: 'é', D: 'a' }, 'YWJj YWIK w6k= YQ=='],
  ['a value can be a text of XML', '<a b="${A|xml}"/>', { A: '<&>"\'é\n' }, '<a b="&lt;&amp;&gt;&quot;&apos;é\n"/>'],
  ['a long value is encoded', '${A|json}', { A: '"'.repeat(20_000) }, `"${'\\"'.repeat(20_000)}"`],
  ['a default applies to what is empty', '${A:-x y} ${B:-x y} ${A:-} ${A}|', { A: '', B: 'b' }, 'x y b  |'],
  ['a default ends at the first brace and may hold anything else', '${A:-$x:-"\\{&} ${A:-${B}} ${B}', { A: '', B: 'b' },
    '$x:-"\\{& ${B} b'],
  ['a variable below another expression is replaced', '${other:-${A}} ${${A}} ${x${A}', { A: 'a' },
    '${other:-a} ${a} ${xa'],
  ['a name that begins like another is another', '${A}${AB}${A_B}${A1} ${ABC} ${a}',
    { A: '1', AB: '2', A_B: '3', A1: '4' }, '1234 ${ABC} ${a}'],
  ['a value is not looked into', '${A}${B}', { A: '${B} $${B} ${A:-x}', B: '${A}' }, '${B} $${B} ${A:-x}${A}'],
  ['a name may be one that the shell uses itself', '${PATH} ${IFS} ${HOME} ${TEMPLATE}',
    { PATH: '/p', IFS: 'x', HOME: 'h', TEMPLATE: 't' }, '/p x h t'],
  ['all of UTF-8 stays', 'é😀\u2027${A}ÿ', { A: 'ü日本\u{1F600}' }, 'é😀\u2027ü日本\u{1F600}ÿ'],
  ['a value of 100 KiB stays', '<${A}>', { A: '0123456789\\&'.repeat(8_500) }, `<${'0123456789\\&'.repeat(8_500)}>`],
  ['a template of 100 KiB stays', `${'a line\\n $x\n'.repeat(8_500)}\${A}`, { A: 'a' },
    `${'a line\\n $x\n'.repeat(8_500)}a`],
  ['the longest template stays', `\${A}${'x'.repeat(131_004)}`, { A: 'a' }, `a${'x'.repeat(131_004)}`],
  ['a long line with many variables is replaced', '${A},'.repeat(3_000), { A: '&\\0' }, '&\\0,'.repeat(3_000)],
];

const NASTY = [
  '"', '\'', '$', '$$', '$(id)', '$(VAR_B)', '`id`', '\\', '\\\\', '\\n', '\n', '\n\n', 'a\nb\n', '%s%d', '&', '\\&',
  '*', '~', '#', ';', ' ', '  a  ', '-n', '-e', '=', '!',
];

inEveryShell([
  ...TEXTS.map(([sentence, template, values, file]) => [sentence, async shell => {
    const { exitCode, files } = await generate(template, values, shell);

    expect({ exitCode, file: files[FILE] }).toEqual({ exitCode: 0, file });
  }] as Case),
  ['values are put in exactly', async shell => {
    const values = Object.fromEntries(NASTY.map((value, index) => [`V${index}`, value]));
    const template = NASTY.map((_, index) => `<\${V${index}}>`).join('\n');

    const { exitCode, files } = await generate(template, values, shell);

    expect({ exitCode, file: files[FILE] }).toEqual({ exitCode: 0, file: NASTY.map(value => `<${value}>`).join('\n') });
  }],
  ['it says what it has done, and the mode is 0644', async shell => {
    const { exitCode, said, lines, files, modes } = await generate('ü${A}', { A: 'a' }, shell);

    expect({ exitCode, said, files, modes })
      .toEqual({ exitCode: 0, said: [`wrote ${FILE}, 3 bytes`], files: { [FILE]: 'üa' }, modes: { [FILE]: '644' } });
    expect(lines[0]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ generate: wrote /);
  }],
  ['the mode is as given, whatever an older file had, and what an earlier run left is gone', async shell => {
    const files = { '/out/.app.conf.part': 'left over', '/out/other': 'stays', [FILE]: 'old' };

    const written = await run(generating({ template: FileSource.inline('new'), mode: 0o600 }), shell, { files });

    expect(written.files).toEqual({ [FILE]: 'new', '/out/other': 'stays' });
    expect(written.modes[FILE]).toBe('600');
  }],
  ['the template may be a file', async shell => {
    const container = generating({
      template: FileSource.fromConfigMap(configMap, 'app.tpl'), variables: { A: secret('a') },
    });

    const files = { '/in/template': '${A}\n$${A} $host\n\n' };

    expect(end(await run(container, shell, { secrets: { a: 'x' }, files }))).toEqual({
      exitCode: 0,
      last: `wrote ${FILE}, 14 bytes`,
      files: { '/in/template': '${A}\n$${A} $host\n\n', [FILE]: 'x\n${A} $host\n\n' },
    });
  }],
  ['what nobody declared is left, and said', async shell => {
    const { exitCode, said, files } = await generate('${B} ${A} ${C:-x} ${B} $${D} $host ${a.b}', { A: 'a' }, shell);

    expect({ exitCode, said, file: files[FILE] }).toEqual({
      exitCode: 0,
      said: ['not declared, and left as it is: B C', `wrote ${FILE}, 37 bytes`],
      file: '${B} a ${C:-x} ${B} ${D} $host ${a.b}',
    });
  }],
  ['what is meant to be left is not said', async shell => {
    const container = generating({ template: FileSource.inline('${B}'), keepUndeclared: true });

    const { exitCode, said } = await run(container, shell);

    expect({ exitCode, said }).toEqual({ exitCode: 0, said: [`wrote ${FILE}, 4 bytes`] });
  }],
  ['a control character is wrong input for XML, and the old file stays', async shell => {
    expect(end(await generate('${A|xml}', { A: 'a\u0001' }, shell, { files: { [FILE]: 'old' } })))
      .toEqual({ exitCode: 2, last: 'variable A holds what XML cannot', files: { [FILE]: 'old' } });
  }],
  ['an encoding that there is not is wrong input', async shell => {
    const template = FileSource.fromConfigMap(configMap, 'app.tpl');
    const container = generating({ template, variables: { A: secret('a') } });
    const given = { secrets: { a: 'x' }, files: { '/in/template': '${A|upper}' } };

    expect(end(await run(container, shell, given))).toMatchObject({
      exitCode: 2,
      last: '${A|upper} must end in json, url, base64 or xml',
    });
  }],
  ['a template that is no text is wrong input, and the old file stays', async shell => {
    const container = generating({ template: FileSource.fromConfigMap(configMap, 'app.tpl') });
    const files = { '/in/template': 'a\0b\0', [FILE]: 'old' };

    expect(end(await run(container, shell, { files })))
      .toEqual({
        exitCode: 2, last: 'template /in/template is no text: it holds NUL characters; is it UTF-16?', files,
      });
  }],
  ['one line with thousands of variables of other programs takes no time', async shell => {
    const container = generating({
      template: FileSource.fromConfigMap(configMap, 'app.tpl'), variables: { A: secret('a') },
    });
    const others = Array.from({ length: 7_000 }, (_, index) => `\${OTHER_${index}} ${'x'.repeat(40)}`);
    const template = `${others.join('')}\${A}`;

    const { exitCode, said, files, seconds } = await run(container, shell, {
      secrets: { a: 'b' },
      files: { '/in/template': template },
    });

    expect({ exitCode, same: files[FILE] === template.replace('${A}', 'b') }).toEqual({ exitCode: 0, same: true });
    const first = Array.from({ length: 10 }, (_, index) => ` OTHER_${index}`).join('');
    expect(said[0]).toBe(`not declared, and left as it is:${first} ...`);
    expect(seconds).toBeLessThan(4); // the square of 7000 took 10 s of CPU
  }],
  ['a value that ends in a line break is kept so, and that is said', async shell => {
    const container = generating({
      template: FileSource.inline('${A}|${B}|${C}'), variables: { A: secret('a'), B: secret('b'), C: secret('c') },
    });

    const { exitCode, said, files } = await run(container, shell, { secrets: { a: 'x\n', b: 'y', c: '\n' } });

    expect({ exitCode, said, file: files[FILE] })
      .toEqual({
        exitCode: 0, said: ['these variables end in a line break: A C', `wrote ${FILE}, 6 bytes`], file: 'x\n|y|\n',
      });
  }],
  ['a template that is missing is wrong input', async shell => {
    const container = generating({ template: FileSource.fromConfigMap(configMap, 'app.tpl') });

    expect(end(await run(container, shell)))
      .toEqual({ exitCode: 2, last: 'cannot read template /in/template', files: {} });
  }],
  ['a template that is a folder is wrong input', async shell => {
    const container = generating({ template: FileSource.fromConfigMap(configMap, 'app.tpl') });

    expect(end(await run(container, shell, { files: { '/in/template/': '' } })))
      .toEqual({ exitCode: 2, last: 'cannot read template /in/template', files: {} });
  }],
  ['a file for which there is no room does not appear, and the old one stays', async shell => {
    const { exitCode, last, files } = await generate(
      '0123456789\n'.repeat(3_000),
      {},
      shell,
      { files: { [FILE]: 'old' }, room: 16 },
    );

    expect({ exitCode, files }).toEqual({ exitCode: 1, files: { [FILE]: 'old' } });
    expect(last).toMatch(/^cannot write \/out\/app.conf/);
  }],
  ['a variable without a value is wrong input, and the old file stays', async shell => {
    const container = generating({
      template: FileSource.inline('${A} ${B} ${C}'), variables: { A: secret('a'), B: secret('b'), C: secret('c') },
    });

    expect(end(await run(container, shell, { secrets: { a: 'x', c: '' }, files: { [FILE]: 'old' } })))
      .toEqual({ exitCode: 2, last: 'variable B has no value', files: { [FILE]: 'old' } });
  }],
  ['a variable without a value is in order where a default is given, or where it is literal', async shell => {
    const container = generating({
      template: FileSource.fromConfigMap(configMap, 'app.tpl'), variables: { A: secret('a') },
    });

    const { exitCode, files } = await run(container, shell, {
      files: { '/in/template': '${A:-x} $${A} ${A:-}' },
    });

    expect({ exitCode, file: files[FILE] }).toEqual({ exitCode: 0, file: 'x ${A} ' });
  }],
  ['a default given once does not hide that the variable has no value elsewhere', async shell => {
    const container = generating({ template: FileSource.inline('${A:-x} ${A}'), variables: { A: secret('a') } });

    expect(end(await run(container, shell))).toEqual({ exitCode: 2, last: 'variable A has no value', files: {} });
  }],
  ['written again with other values, the file is the new one', async shell => {
    const { files } = await generate('${A}', { A: 'a longer value' }, shell);

    expect(end(await generate('${A}', { A: 'b' }, shell, { files })))
      .toEqual({ exitCode: 0, last: `wrote ${FILE}, 1 bytes`, files: { [FILE]: 'b' } });
  }],
  ['a folder in the way is wrong input', async shell => {
    expect(end(await generate('text', {}, shell, { files: { [`${FILE}/`]: '' } })))
      .toEqual({ exitCode: 2, last: `${FILE} is a directory`, files: {} });
  }],
  // In a container the kubelet makes it.
  ...inLab ? [] : [['a folder that is missing is said to be so', async shell => {
    const { exitCode, last } = await generate('text', {}, shell, { without: '/out' });

    expect(exitCode).toBe(1);
    expect(last).toMatch(/^cannot write to \/out as user \d+: .*(o such file|onexistent)/i);
  }] as Case],
]);
