import type { ConditionEdge, Edge, EndpointEdge } from './edge';
import { groupBy } from './group';
import type { Plan } from './plan';
import { limitInWords } from './wording';
import { inChart, type Workload } from './workloads';
import { askedInWords, objectInWords } from '../step/condition';

/** A workload, a sidecar of one, or a name from outside. */
export interface Box {
  readonly id: string;
  readonly name: string;
  readonly kind?: string;
}

/** Somebody who waits for somebody else. */
export interface Arrow {
  readonly from: Box;
  readonly to: Box;
  readonly label: string;
  /** Whether only the name is waited for, which may be there before any pod is. */
  readonly onlyName: boolean;
}

/** What a picture shows, whatever it is written in. */
export interface Drawing {
  /** One without a name stands for no chart at all. */
  readonly charts: readonly { readonly name: string; readonly boxes: readonly Box[] }[];
  readonly outside: readonly Box[];
  readonly arrows: readonly Arrow[];
}

/** Draws workloads, and all that they wait for, in the order of the tree. */
export function drawingOf(plan: Plan, workloads: readonly Workload[]): Drawing {
  const edges = workloads.flatMap(({ index }) => plan.edges[index]);
  const shown = [...new Set([...workloads, ...edges.flatMap(edge => edge.backends)])]
    .sort((one, other) => one.index - other.index);
  const inside = new Map(shown.map((workload, index) => [workload, boxOf(workload, index)]));
  const outside = new Outside();
  const sidecars = new Sidecars();
  const boxesOf = (edge: Edge) => {
    if (edge.backends.length > 0) return edge.backends.map(each => inside.get(each)!);
    const names = edge.sidecars?.before ?? [];
    return names.length > 0 ? names.map(name => sidecars.boxOf(edge.from, name)) : [outside.boxOf(edge)];
  };
  const arrows = edges.flatMap(edge => {
    const ends = boxesOf(edge);
    const onlyName = edge.backends.length > 0 && !edge.needsPod;
    return ends.map(to => ({ from: inside.get(edge.from)!, to, label: labelOf(edge), onlyName }));
  });
  const charts = [...groupBy(shown, workload => inChart(workload).chart)];
  return {
    charts: charts.map(([name, members]) => ({
      name,
      boxes: members.flatMap(each => [inside.get(each)!, ...sidecars.of(each)]),
    })),
    outside: outside.boxes,
    arrows,
  };
}

function boxOf(workload: Workload, index: number): Box {
  return { id: `w${index + 1}`, name: nameOf(workload), kind: workload.kind };
}

/** Its path in its chart, but for the kind, which stands below it. */
function nameOf(workload: Workload): string {
  const { name } = inChart(workload);
  const kind = `${workload.kind}/`;
  return name.startsWith(kind) ? name.slice(kind.length) : name;
}

/** The sidecars that steps of their own pods wait for, each once. */
class Sidecars {
  private readonly known = new Map<Workload, Map<string, Box>>();
  private count = 0;

  public of(workload: Workload): Box[] {
    return [...this.known.get(workload)?.values() ?? []];
  }

  public boxOf(workload: Workload, container: string): Box {
    const boxes = this.known.get(workload) ?? new Map<string, Box>();
    this.known.set(workload, boxes);
    const name = `${nameOf(workload)}/${container}`;
    const box = boxes.get(container) ?? { id: `s${++this.count}`, name, kind: 'sidecar' };
    boxes.set(container, box);
    return box;
  }
}

/** The names from outside, each once. */
class Outside {
  private readonly known = new Map<string, Box>();

  public get boxes(): Box[] {
    return [...this.known.values()];
  }

  public boxOf(edge: Edge): Box {
    const { key, name } = outsideName(edge);
    const box = this.known.get(key) ?? { id: `o${this.known.size + 1}`, name };
    this.known.set(key, box);
    return box;
  }
}

/**
 * What a name from outside is called, and whether two are the same: upper case is as good as lower, and a short
 * name means something else in each namespace, as a key of a Secret does.
 */
export function outsideName(edge: Edge): { key: string; name: string } {
  return edge.condition ? objectName(edge) : endpointName(edge);
}

function objectName({ from, condition: { object } }: ConditionEdge): { key: string; name: string } {
  const { namespace = from.namespace } = object;
  const name = objectInWords(object, from.namespace);
  return { key: `${objectInWords(object)} ${namespace}`, name };
}

function endpointName({ from, target: { host, portFrom }, service }: EndpointEdge): { key: string; name: string } {
  if (service && service.externalName === undefined) {
    const name =
      service.namespace === undefined ? service.name : `${service.name}.${service.namespace}`;
    return { key: name, name };
  }
  const isShort = (portFrom !== undefined || !host.includes('.')) && from.namespace !== undefined;
  const key = isShort ? `${host}.${from.namespace}` : host;
  return { key: key.toLowerCase(), name: host };
}

function labelOf(edge: Edge): string {
  const what = edge.condition
    ? askedInWords(edge.condition)
    : edge.target.portFrom ?? edge.target.port ?? 'name';
  return `${what}, ${limitInWords(edge)}`;
}
