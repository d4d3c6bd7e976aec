import type { Docs } from '@jsii/spec';
import { isClass, isEnum, isRequired, isStruct, optionsOf, ourType, typeNamed, typeText } from './assembly';
import type { ClassType, EnumType, InterfaceType, Option, TypeReference } from './assembly';
import { constructorTable, methodTable } from './calls';
import type { Page } from './groups';
import { REPOSITORY } from '../../src/private/values/documentation';

/** Where a type is explained, seen from the page that is written: `endpoint.md`, `#keyoptions` on the page itself. */
export type PlaceOf = (type: string) => string;

/** One page while it is written: where others are, and how often each heading was there. */
interface Writing {
  readonly placeOf: PlaceOf;
  readonly headings: Map<string, number>;
}

const begin = (placeOf: PlaceOf): Writing => ({ placeOf, headings: new Map() });

/** The anchor of a heading, which GitHub numbers from the second one of a name on. */
function anchor(heading: string, { headings }: Writing): string {
  const name = heading.toLowerCase();
  const before = headings.get(name) ?? 0;
  headings.set(name, before + 1);
  return before === 0 ? name : `${name}-${before}`;
}

/** A page of a type and of those that belong to it. */
export function referencePage([main, ...others]: Page, placeOf: PlaceOf): string {
  const page = begin(placeOf);
  const type = typeNamed(main);
  const props = isClass(type) ? others.filter(name => name === `${main}Props`) : [];
  const rest = others.filter(name => !props.includes(name));
  return [
    `# ${main}\n`, docsText(type.docs), exampleText(type.docs), ...bodyOf(main, page),
    ...props.flatMap(name => optionsSection(typeNamed(name) as InterfaceType, page)),
    ...rest.flatMap(name => [`## ${name}\n`, docsText(typeNamed(name).docs), ...bodyOf(name, page)]),
  ].filter(text => text !== '').join('\n');
}

/** What is generated on the page of a step: how it is called, its options, and what belongs to it. */
export function stepOptions([main, ...others]: Page, placeOf: PlaceOf): string {
  const page = begin(placeOf);
  const rest = others.filter(name => name !== `${main}Props`);
  return [
    constructorTable(typeNamed(main) as ClassType),
    ...optionsBody(typeNamed(`${main}Props`) as InterfaceType, page),
    ...membersOf(typeNamed(main) as ClassType, page),
    ...rest.flatMap(name => [`## ${name}\n`, docsText(typeNamed(name).docs), ...bodyOf(name, page)]),
  ].join('\n');
}

function bodyOf(name: string, page: Writing): string[] {
  const type = typeNamed(name);
  if (isEnum(type)) return [enumTable(type)];
  if (isStruct(type)) return optionsBody(type, page);
  return isClass(type) ? [type.initializer ? constructorTable(type) : '', ...membersOf(type, page)] : [];
}

function enumTable({ members, name }: EnumType): string {
  const rows = members.map(member => `| \`${name}.${member.name}\` | ${inCell(sentences(member.docs))} |\n`);
  return `| value | |\n|---|---|\n${rows.join('')}`;
}

function optionsSection(struct: InterfaceType, page: Writing): string[] {
  return ['## Options\n', ...optionsBody(struct, page)];
}

/** A table of all options, and below it those that are declared here; the others are explained where they are. */
function optionsBody(struct: InterfaceType, page: Writing): string[] {
  const options = optionsOf(struct);
  const rows = options.map(option => {
    const { property, declaredBy } = option;
    const place = declaredBy === struct ? `#${anchor(property.name, page)}` : placeOfInherited(option, page);
    const cells = [`[\`${property.name}\`](${place})`, typeCell(property.type, page)];
    return `| ${[...cells, isRequired(option) ? 'must be given' : defaultOf(property.docs)].join(' | ')} |\n`;
  });
  const own = options.filter(({ declaredBy }) => declaredBy === struct);
  return [`| option | type | default |\n|---|---|---|\n${rows.join('')}`, ...own.map(optionText)];
}

function placeOfInherited({ property, declaredBy }: Option, { placeOf }: Writing): string {
  return `${placeOf(declaredBy.name).replace(/#.*/, '')}#${property.name.toLowerCase()}`;
}

function optionText({ property }: Option): string {
  return `### ${property.name}\n\n${docsText(property.docs)}`;
}

function membersOf(type: ClassType, page: Writing): string[] {
  const methods = (type.methods ?? []).filter(method => !method.overrides && !method.protected)
    .map(method => `### ${method.name}()\n\n${methodTable(type, method)}\n${docsText(method.docs)}`
      + parametersText(method.parameters ?? []));
  const properties = (type.properties ?? []).filter(property => !property.overrides && !property.protected);
  const rows = properties.map(({ name, type: of, docs }) =>
    `| \`${name}\` | ${typeCell(of, page)} | ${inCell(sentences(docs))} |\n`);
  const table = rows.length === 0 ? [] : [`### Properties\n\n| property | type | |\n|---|---|---|\n${rows.join('')}`];
  return [...methods, ...table];
}

function parametersText(parameters: readonly { readonly name: string; readonly docs?: Docs }[]): string {
  const explained = parameters.filter(({ docs }) => docs?.summary);
  if (explained.length === 0) return '';
  return `\n${explained.map(({ name, docs }) => `- \`${name}\`: ${withLinks(sentences(docs))}\n`).join('')}`;
}

function typeCell(reference: TypeReference, page: Writing): string {
  const ours = ourType(reference);
  const text = `\`${typeText(reference)}\``;
  return ours === undefined ? text : `[${text}](${page.placeOf(ours)})`;
}

const ONE_VALUE = /^(?!-)(?:[^\s`]+|[\w.]+\([^()`]*\))$/;

/** A default is code where it is one value, and words elsewhere; a hyphen is jsii's mark of words. */
function defaultOf(docs: Docs | undefined): string {
  const text = docs?.default ?? '';
  const words = inCell(text.replace(/^-\s*/, ''));
  return ONE_VALUE.test(text) ? `\`${words}\`` : words;
}

const sentences = (docs: Docs | undefined) => [docs?.summary, docs?.remarks].filter(Boolean).join(' ');
const inCell = (text: string) => withLinks(text).replaceAll('\n', ' ').replaceAll('|', '\\|');

const OWN_PAGE = new RegExp(String.raw`${REPOSITORY}/blob/main/docs/([\w/-]+\.md)(#[\w-]+)?`, 'g');

/** Addresses of pages that stand beside the reference lead there. */
function withLinks(text: string): string {
  return text.replace(OWN_PAGE, '[$1](../$1$2)');
}

/** All that is said of something: a summary that ends in a semicolon goes on in the remarks. */
function docsText(docs: Docs | undefined): string {
  const [summary, remarks] = [docs?.summary ?? '', docs?.remarks ?? ''];
  const text = summary.endsWith(';') ? `${summary} ${remarks}` : [summary, remarks].filter(Boolean).join('\n\n');
  const refused = docs?.custom?.throws;
  return withLinks(`${text}\n`) + (refused ? `\nRefused ${refused}.\n` : '');
}

function exampleText(docs: Docs | undefined): string {
  return docs?.example ? `\`\`\`ts\n${docs.example}\n\`\`\`\n` : '';
}
