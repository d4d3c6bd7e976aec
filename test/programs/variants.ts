/** Every program that a step can have, by what its step needs. */
import { downloadConfig, generateConfig, runBounded, waitForService, type Program } from '../../src/programs';

const BOTH = [false, true];
const SCHEMES = [['tcp'], ['dns'], ['http'], ['tcp', 'dns'], ['tcp', 'http'], ['dns', 'http'], ['tcp', 'dns', 'http']];

function words(...parts: (string | false | undefined)[]): string {
  return parts.filter(Boolean).join(' ');
}

const waits = SCHEMES.flatMap(schemes => BOTH.filter(single => schemes.length === 1 || !single).flatMap(single =>
  BOTH.flatMap(inARow => BOTH.map(slow => [
    words('wait for', single ? 'one' : 'several', ...schemes, inARow && 'in a row', slow && 'slowly'),
    waitForService({ schemes: new Set(schemes), single, inARow, slow }),
  ] as const))));

const downloads = BOTH.flatMap(headers => ([undefined, 'text', 'file'] as const).flatMap(certificate =>
  (['sum', 'length', 'nothing'] as const).map(verify => [
    words('download, verify', verify, headers && 'with headers', certificate && `certificate ${certificate}`),
    downloadConfig({ headers, certificate, verify }),
  ] as const)));

const generations = (['text', 'file'] as const).flatMap(template => BOTH.map(variables => [
  words('generate from', template, variables && 'with variables'), generateConfig(template, variables),
] as const));

const programs: readonly (readonly [name: string, program: Program])[] = [
  ...waits, ...downloads, ...generations, ['run bounded', runBounded()],
];

export const VARIANTS = programs.map(([name, { text }]) => [name, text] as const);
