import type { Volume } from './volume';

/** A pod template in a manifest. */
export interface ManifestTemplate {
  /** JSON pointer to the pod spec. */
  readonly path: string;
  readonly metadata?: { readonly labels?: { [name: string]: string } };
  readonly spec: ManifestSpec;
}

/** The parts of a pod spec that are read here. */
export interface ManifestSpec {
  readonly volumes?: Volume[];
  readonly os?: { readonly name?: string };
  readonly nodeSelector?: { readonly [label: string]: string };
  readonly securityContext?: ManifestUser & { readonly runAsNonRoot?: boolean };
  readonly initContainers?: any[];
  readonly containers?: any[];
}

/** Who the containers of a pod, or one of them, run as. */
export interface ManifestUser {
  readonly runAsUser?: number;
  readonly runAsGroup?: number;
  readonly fsGroup?: number;
  readonly supplementalGroups?: number[];
}

/**
 * Finds the pod template of a Pod, a CronJob, or anything that has it in `spec.template`, as nearly all others do.
 *
 * @param specPath JSON pointer to the pod spec, where it is elsewhere
 */
export function templateOf(manifest: any, specPath?: string): ManifestTemplate | undefined {
  const { path, template } = placed(manifest, specPath);
  const { metadata, spec } = template ?? {};
  const isPod = specPath === undefined ? Array.isArray(spec?.containers) : mayBePodSpec(spec);
  return isPod ? { path, metadata, spec } : undefined;
}

/** The pod template of a manifest, and the path of its pod spec. */
export function placed(manifest: any, specPath?: string): { path: string; template?: any } {
  if (specPath !== undefined) return placedAt(manifest, specPath);
  if (manifest.kind === 'Pod') return { path: '/spec', template: manifest };
  if (manifest.spec?.jobTemplate) {
    return {
      path: '/spec/jobTemplate/spec/template/spec',
      template: manifest.spec.jobTemplate.spec?.template,
    };
  }
  return { path: '/spec/template/spec', template: manifest.spec?.template };
}

/** The metadata of the pods stand beside a pod spec that is called so. */
function placedAt(manifest: any, path: string): { path: string; template: any } {
  const metadata = path.endsWith('/spec') ? valueAt(manifest, path.replace(/spec$/, 'metadata')) : undefined;
  return { path, template: { metadata, spec: valueAt(manifest, path) } };
}

/** What a JSON pointer leads to. */
export function valueAt(manifest: unknown, pointer: string): unknown {
  const keys = pointer.split('/').slice(1).map(key => key.replace(/~1/g, '/').replace(/~0/g, '~'));
  return keys.reduce((part: any, key) => part?.[key], manifest);
}

/** JSON pointers to the pod specs of a manifest. */
export function podSpecsIn(value: unknown, pointer = ''): string[] {
  if (!(value instanceof Object)) return [];
  const own = mayBePodSpec(value) ? [pointer] : [];
  const below = Object.entries(value).filter(([key]) => own.length === 0 || !/ontainers$/.test(key));
  return [...own, ...below.flatMap(([key, each]) =>
    podSpecsIn(each, `${pointer}/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`))];
}

/** What stands for an app in a pod spec that is no list: of KServe, and of templates of Argo. */
const APPS = ['model', 'container', 'script'];

/** Whether it holds an app, and not a whole pod spec somewhere below. */
function mayBePodSpec(value: unknown): boolean {
  if (!isMap(value)) return false;
  const spec = value as { [key: string]: unknown };
  return Array.isArray(spec.containers) || APPS.some(app => isMap(spec[app]));
}

function isMap(value: unknown): boolean {
  return value instanceof Object && !Array.isArray(value);
}
