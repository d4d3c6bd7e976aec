import type * as kplus from 'cdk8s-plus-28';
import { refuseWith, type Place } from './refuse';

/**
 * Refuses a variable that would read the resources of the step itself.
 *
 * @param name of the variable, where the property has several
 */
export function checkEnvSource(
  place: Place,
  prop: string,
  value: kplus.EnvValue,
  name?: string,
): void {
  const field = value.valueFrom?.resourceFieldRef;
  if (!field || field.containerName) return;
  refuseWith(place, prop, {
    must: name === undefined
      ? 'name the container whose resources it reads'
      : 'name the container whose resources they read',
    got: name,
    remedy: 'pass { container } to EnvValue.fromResource, or it would be the step itself',
  });
}
