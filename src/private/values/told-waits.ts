/** A variable of a container as its manifest has it: a text, or where that comes from. */
export interface ToldVariable {
  readonly name?: string;
  readonly value?: string;
  readonly valueFrom?: object;
}

/** What a program of ours is told, by the names of the variables. */
export type Told = ReadonlyMap<string, ToldVariable>;

/** An endpoint that a program is told. */
export interface ToldEndpoint {
  /** `tcp`, `dns`, `http`, `https`, the protocol of its server, or `url`. */
  readonly scheme: string;
  /** As the program has it: `tcp://db:5432`; nothing where its parts stand in variables of their own. */
  readonly address?: string;
  /** Where they do: its host and its port, or all of a URL. */
  readonly parts: readonly ToldVariable[];
  readonly minAddresses?: number;
}

/** A condition that a program is told. */
export interface ToldCondition {
  readonly asks: string;
  readonly type?: string;
  readonly apiVersion: string;
  readonly resource: string;
  /** Left out for that of the pod. */
  readonly namespace?: string;
  readonly kind: string;
  readonly name: string;
}

/** What a container is told if it is one of our steps; others cannot have such variables. */
export function toldTo(env: readonly ToldVariable[]): Told | undefined {
  const told = new Map(env.map(each => [each?.name ?? '', each]));
  return [...told.keys()].some(name => /^step_[a-z]/.test(name)) ? told : undefined;
}

/** The endpoints of a wait. */
export function toldEndpoints(told: Told): ToldEndpoint[] {
  return wordsOf(told, 'step_endpoints').flatMap(word => {
    const fields = word.split(',');
    // A list of files, which has blanks, is a field, too: its last word stands before a comma, the others alone.
    const start = fields.findIndex(each => /^[a-z][a-z0-9+]*:/.test(each));
    if (start < 0) return [];
    const [, end = ''] = /(?:^|,)of=(\w*)/.exec(fields.slice(0, start).join(',')) ?? [];
    const least = Number(told.get(`step_least${end}`)?.value);
    return [{ ...addressIn(fields.slice(start).join(','), told), minAddresses: least || undefined }];
  });
}

function addressIn(address: string, told: Told): Omit<ToldEndpoint, 'minAddresses'> {
  const [scheme, ...names] = address.split(':');
  const isInVariables = names.every(name => /^step_\w+$/.test(name));
  return isInVariables
    ? { scheme, parts: names.map(name => told.get(name) ?? {}) }
    : { scheme, address, parts: [] };
}

/** The conditions of a wait. */
export function toldConditions(told: Told): ToldCondition[] {
  return wordsOf(told, 'step_conditions').map(word => {
    const [asks = '', type, apiVersion = '', resource = '', namespace, kind = '', name = ''] = word.split(',');
    return {
      asks, type: type || undefined, apiVersion, resource, namespace: namespace || undefined, kind, name,
    };
  });
}

function wordsOf(told: Told, name: string): string[] {
  return `${told.get(name)?.value ?? ''}`.split(/\s+/).filter(word => word !== '');
}
