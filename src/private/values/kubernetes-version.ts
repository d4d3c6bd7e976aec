import { refuse, type Place } from './refuse';

/** Refuses what is no minor version of Kubernetes. */
export function checkKubernetesVersion(place: Place, prop: string, version: string): void {
  if (!/^1\.(0|[1-9]\d{0,2})$/.test(version)) refuse(place, prop, "be a version such as '1.35'", version);
}

/** Whether a minor version of Kubernetes is another one, or newer. */
export function isAtLeast(version: string, least: string): boolean {
  const [minor, leastMinor] = [version, least].map(each => Number(each.split('.')[1]));
  return minor >= leastMinor;
}
