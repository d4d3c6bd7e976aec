import { readFileSync } from 'fs';
import type {
  Assembly, ClassType, EnumType, InterfaceType, Property, Type, TypeReference,
} from '@jsii/spec';

export type { ClassType, EnumType, InterfaceType, Method, Parameter, Property, TypeReference } from '@jsii/spec';

/** One option of a structure, and the structure that declares it. */
export interface Option {
  readonly property: Property;
  readonly declaredBy: InterfaceType;
}

/** What jsii compiled last. */
const assembly: Assembly = JSON.parse(readFileSync('.jsii', 'utf8'));

export const typeNames: readonly string[] = Object.values(assembly.types ?? {}).map(({ name }) => name);

export function typeNamed(name: string): Type {
  const found = assembly.types?.[`${assembly.name}.${name}`];
  if (!found) throw new Error(`The package has no ${name}: groups.ts names it`);
  return found;
}

export const isClass = (type: Type): type is ClassType => type.kind === 'class';
export const isEnum = (type: Type): type is EnumType => type.kind === 'enum';
export const isStruct = (type: Type): type is InterfaceType => type.kind === 'interface';

/** The type of this package that another one is made of, if any: that of `Endpoint[]` is `Endpoint`. */
export function ourType(reference: TypeReference): string | undefined {
  if ('collection' in reference) return ourType(reference.collection.elementtype);
  if (!('fqn' in reference)) return undefined;
  const [scope, name] = reference.fqn.split('.');
  return scope === assembly.name ? name : undefined;
}

/** A type as TypeScript writes it. */
export function typeText(reference: TypeReference): string {
  if ('primitive' in reference) return reference.primitive;
  if ('fqn' in reference) return nameOf(reference.fqn);
  if (!('collection' in reference)) throw new Error(`The reference has no words for ${JSON.stringify(reference)}`);
  const element = typeText(reference.collection.elementtype);
  return reference.collection.kind === 'array' ? `${element}[]` : `{ [name: string]: ${element} }`;
}

function nameOf(fqn: string): string {
  const [scope, name] = fqn.split('.');
  return scope.startsWith('cdk8s-plus') ? `kplus.${name}` : name;
}

/** The options of a structure: what must be given first, then its own, then those that it has from others. */
export function optionsOf(struct: InterfaceType): Option[] {
  const own = (struct.properties ?? []).map(property => ({ property, declaredBy: struct }));
  const inherited = (struct.interfaces ?? []).flatMap(fqn => optionsOf(assembly.types![fqn] as InterfaceType));
  const all = [...own, ...inherited];
  const once = all.filter((each, index) => all.findIndex(other => sameName(each, other)) === index);
  return [...once.filter(isRequired), ...once.filter(each => !isRequired(each))];
}

const sameName = (one: Option, other: Option) => one.property.name === other.property.name;

export function isRequired({ property }: Option): boolean {
  return property.optional !== true;
}
