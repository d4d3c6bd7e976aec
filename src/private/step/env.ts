import { Lazy } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { referencesIn } from './escape-for-kubelet';
import { checkEnvName, checkEnvValue } from '../values/program-input';
import { inWords, refuse, type Place } from '../values/refuse';

export type Env = { readonly [name: string]: kplus.EnvValue };

/** Names and values of environment variables. */
export function checkEnv(place: Place, prop: string, env: Env): void {
  for (const name of Object.keys(env)) {
    checkEnvName(place, prop, name);
    checkEnvValue(place, prop, name, env[name].value);
  }
}

/** What the variables of a container are made of. */
interface EnvParts {
  readonly defaults: Env;
  /** Those of the app container that it is like. */
  readonly ofApp?: Env;
  readonly own?: Env;
}

/**
 * The variables of a container. Those of an app container stay in its order and as they are, because one may refer to
 * others, unless they are written anew; the rest is sorted by name, because the maps of some languages have no order.
 *
 * @param written a text as Kubernetes must receive it
 */
export function envVariables(
  { defaults, ofApp = {}, own = {} }: EnvParts,
  written: (text: string) => string,
): { [name: string]: kplus.EnvValue } {
  const general = Object.entries(defaults).filter(([name]) => !(name in ofApp));
  const others = { ...Object.fromEntries(general), ...own };
  const names = Object.keys(others).sort();
  return { ...ofApp, ...Object.fromEntries(names.map(name => [name, valueOf(others[name], written)])) };
}

function valueOf(value: kplus.EnvValue, written: (text: string) => string): kplus.EnvValue {
  const textOf = (text: unknown) => (typeof text === 'string' ? written(text) : text);
  const text: unknown = value.value;
  if (text instanceof Lazy) {
    return kplus.EnvValue.fromValue(Lazy.any({ produce: () => textOf(text.produce()) }));
  }
  const said = textOf(text);
  return said === text ? value : kplus.EnvValue.fromValue(said as string);
}

/** The variables in an order in which each stands behind those that it refers to, as Kubernetes wants it. */
export function inOrderOfUse(
  place: Place,
  env: { [name: string]: kplus.EnvValue },
): { [name: string]: kplus.EnvValue } {
  const ordered: { [name: string]: kplus.EnvValue } = {};
  const add = (name: string, users: readonly string[]) => {
    if (name === users.at(-1)) return; // the value that envFrom or the image has
    if (users.includes(name)) {
      const circle = [...users.slice(users.indexOf(name)), name].join(' -> ');
      refuse(place, 'env', 'have no variables that refer to each other in a circle', inWords(circle));
    }
    if (name in ordered) return;
    const { value } = env[name];
    const used = typeof value === 'string' ? referencesIn(value).filter(each => each in env) : [];
    used.forEach(each => add(each, [...users, name]));
    ordered[name] = env[name];
  };
  Object.keys(env).forEach(name => add(name, []));
  return ordered;
}
