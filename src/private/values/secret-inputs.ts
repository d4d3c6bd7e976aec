import type * as kplus from 'cdk8s-plus-28';
import { checkEnvSource } from './env-source';
import { inWords, refuse, refuseWith, type Place } from './refuse';

/** Refuses a secret that would stand in the YAML, or would read the resources of the step itself. */
export function checkSecret(place: Place, prop: string, value: kplus.EnvValue): void {
  checkEnvSource(place, prop, value);
  if (value.value === undefined) return;
  refuseWith(place, prop, {
    must: 'not be a text, which would be readable in the YAML',
    got: inWords('one'),
    remedy: 'use EnvValue.fromSecretValue',
  });
}

/** Refuses the file of a key whose text would stand in the YAML. */
export function checkSecretFile(
  place: Place,
  prop: string,
  { text, description }: { readonly text?: string; readonly description: string },
): void {
  if (text === undefined) return;
  refuseWith(place, prop, {
    must: 'come from the cluster, because its text would be readable in the YAML',
    got: inWords(description),
    remedy: 'use FileSource.fromSecret',
  });
}

/** The name of a user that is known now. */
export function checkUserName(place: Place, prop: string, name: string): void {
  if (name === '') refuse(place, prop, 'not be empty', name);
  if (/[\x00-\x1f\x7f]/.test(name)) refuse(place, prop, 'not hold line breaks or other control characters', name);
}
