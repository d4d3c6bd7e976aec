import { grouped } from './grouped';
import type { Edge, Plan } from './plan';
import { inTime } from './remark';
import { inChart, type Workload } from './workloads';

/** A workload, or a name from outside. */
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
  readonly charts: readonly { readonly name: string; readonly boxes: readonly Box[] }[];
  readonly outside: readonly Box[];
  readonly arrows: readonly Arrow[];
}

/** Draws workloads, and all that they wait for, in the order of the tree. */
export function drawingOf(plan: Plan, workloads: readonly Workload[]): Drawing {
  const edges = workloads.flatMap(({ index }) => plan.edges[index]);
  const shown = [...new Set([...workloads, ...edges.flatMap(edge => edge.to)])].sort((one, other) => one.index - other.index);
  const boxes = new Map<Workload | string, Box>(shown.map((workload, index) => [workload, {
    id: `w${index + 1}`, name: inChart(workload).name, kind: workload.kind,
  }]));
  const outside: Box[] = [];
  const outsideOf = (edge: Edge): Box => {
    const { key, name } = outsideName(edge);
    const box = boxes.get(key) ?? { id: `o${outside.length + 1}`, name };
    if (!boxes.has(key)) outside.push(box);
    boxes.set(key, box);
    return box;
  };
  const arrows = edges.flatMap(edge => (edge.to.length > 0 ? edge.to.map(each => boxes.get(each)!) : [outsideOf(edge)]).map(to => ({
    from: boxes.get(edge.from)!, to, label: labelOf(edge), onlyName: edge.to.length > 0 && !edge.needsPod,
  })));
  const charts = [...grouped(shown, workload => inChart(workload).chart)];
  return { charts: charts.map(([name, inside]) => ({ name, boxes: inside.map(each => boxes.get(each)!) })), outside, arrows };
}

/** What a name from outside is called, and whether two are the same: a short name means something else in each namespace. */
export function outsideName({ from, endpoint: { host }, service }: Edge): { key: string; name: string } {
  if (service && service.externalName === undefined) {
    const name = [service.name, service.namespace].filter(part => part !== undefined).join('.');
    return { key: name, name };
  }
  return { key: [host, ...host.includes('.') || from.namespace === undefined ? [] : [from.namespace]].join('.'), name: host };
}

function labelOf({ wait, endpoint: { port } }: Edge): string {
  return `${port ?? 'name'}, ${inTime(wait.timeout)}`;
}
