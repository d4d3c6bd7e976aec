/** The pod spec in a manifest, if its kind has one: of a Pod, a CronJob, or anything with a pod template. */
export function podSpecIn({ kind, spec }: any): any | undefined {
  if (kind === 'Pod') return spec;
  const { template } = spec?.jobTemplate?.spec ?? spec ?? {};
  return template?.spec;
}
